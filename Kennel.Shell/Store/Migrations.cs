using System.Globalization;

namespace Kennel.Shell.Store;

/// <summary>One step of the schema.</summary>
internal sealed record Migration(int Number, string Sql);

/// <summary>The schema's steps, numbered from 1 without a gap; each is applied once, in a transaction of its own.</summary>
internal static class Migrations
{
    private const string Folder = "Kennel.Shell.Store.Migrations.";

    /// <summary>The steps this version of Kennel knows.</summary>
    internal static readonly Seq<Migration> Known = Load();

    /// <summary>Brings a database to the last step.</summary>
    /// <param name="session">The database.</param>
    /// <param name="name">Its name, for messages.</param>
    /// <param name="steps">All steps.</param>
    /// <param name="backUp">Copies the database before a step; told the version it has.</param>
    internal static void Apply(Session session, string name, Seq<Migration> steps, Action<int> backUp)
    {
        var version = (int)session.Number("PRAGMA user_version");
        var newest = steps.Last.Number;
        if (version > newest)
            throw new StoreException(
                $"{name} has schema {version}; this version of Kennel knows schemas up to {newest}. "
                    + $"Install the newer Kennel again, or stop it and put back a backup ({name}.before-{newest + 1}-…)."
            );
        foreach (var step in steps.Filter(step => step.Number > version))
        {
            // A database that was made just now holds nothing to keep.
            if (version > 0)
                backUp(step.Number);
            session.ExecuteScript($"BEGIN IMMEDIATE;\n{step.Sql}\n;PRAGMA user_version = {step.Number};\nCOMMIT;");
        }
    }

    private static Seq<Migration> Load()
    {
        var assembly = typeof(Migrations).Assembly;
        return assembly
            .GetManifestResourceNames()
            .Where(name => name.StartsWith(Folder, StringComparison.Ordinal))
            .Select(name =>
            {
                using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
                var number = int.Parse(name[Folder.Length..].Split('_')[0], CultureInfo.InvariantCulture);
                return new Migration(number, reader.ReadToEnd());
            })
            .OrderBy(step => step.Number)
            .ToSeq()
            .Strict();
    }
}
