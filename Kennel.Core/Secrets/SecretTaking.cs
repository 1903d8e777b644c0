namespace Kennel.Core.Secrets;

/// <summary>What is found of one secret before it is asked whether that will do.</summary>
internal abstract record Taken
{
    private Taken() { }

    /// <summary>It has a value.</summary>
    public sealed record Value(SecretValue Content) : Taken;

    /// <summary>It has none.</summary>
    public sealed record Nothing : Taken;

    /// <summary>It has one of which nothing can be made.</summary>
    public sealed record Spoilt(SecretFault Fault) : Taken;
}

/// <summary>Finds the values of a plan's secrets, each once, however many others are made of it.</summary>
internal sealed class SecretTaking
{
    private readonly Map<SecretName, PlannedSecret> plan;
    private readonly Map<SecretAddress, SecretAnswer> answers;
    private readonly Dictionary<SecretName, Taken> found = [];
    private long composedBytes;

    private SecretTaking(Map<SecretName, PlannedSecret> plan, Map<SecretAddress, SecretAnswer> answers) =>
        (this.plan, this.answers) = (plan, answers);

    /// <summary>What is found of each.</summary>
    internal static Map<SecretName, Taken> All(SecretPlan plan, Map<SecretAddress, SecretAnswer> answers)
    {
        var taking = new SecretTaking(toMap(plan.Secrets.Map(secret => (secret.Name, secret))), answers);
        return toMap(plan.Secrets.Map(secret => (secret.Name, taking.Take(secret.Name))).Strict());
    }

    private Taken Take(SecretName name)
    {
        if (found.TryGetValue(name, out var earlier))
            return earlier;
        // Should something be made of itself after all, it is not there.
        found[name] = new Taken.Nothing();
        return found[name] = plan.Find(name).Match(Take, () => new Taken.Nothing());
    }

    private Taken Take(PlannedSecret secret) =>
        secret.Source switch
        {
            SecretSource.Stored stored => answers
                .Find(stored.Address)
                .Bind(answer => answer is SecretAnswer.Found it ? Some(it.Value) : None)
                .Match(value => Decode(secret, value), () => Instead(secret)),
            SecretSource.Composed composed => Compose(secret, composed.Template),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    private static Taken Instead(PlannedSecret secret) =>
        secret.Default.Match<Taken>(text => new Taken.Value(SecretValue.Of(text)), () => new Taken.Nothing());

    private static Taken Decode(PlannedSecret secret, SecretValue stored)
    {
        var decoded = secret.Encoding.Match(
            encoding =>
                encoding.Decode(stored).ToEither<SecretFault>(new SecretFault.NotEncoded(secret.Name, encoding)),
            () => stored
        );
        var extracted = decoded.Bind(value =>
            secret.Extraction.Match(
                part => part.Of(value).ToEither<SecretFault>(new SecretFault.NotInside(secret.Name, part)),
                () => value
            )
        );
        return extracted.Match<Taken>(Right: value => new Taken.Value(value), Left: fault => new Taken.Spoilt(fault));
    }

    private Taken Compose(PlannedSecret secret, CompositionTemplate template)
    {
        // A few lines can make of a long value a thousand of them.
        if (composedBytes > SecretResolution.AllBytesMax)
            return new Taken.Spoilt(new SecretFault.TooMuch(SecretResolution.AllBytesMax));
        var parts = toMap(template.Names.Map(name => (name, Take(name))).Strict());
        return parts.Values.All(part => part is Taken.Value)
            ? template
                .Render(name => parts.Find(name).Bind(part => part is Taken.Value it ? Some(it.Content) : None))
                .Match<Taken>(
                    value =>
                    {
                        composedBytes += value.Length;
                        return new Taken.Value(value);
                    },
                    () => new Taken.Spoilt(new SecretFault.TooLong(secret.Name, CompositionTemplate.SizeBytesMax))
                )
            : new Taken.Nothing();
    }
}
