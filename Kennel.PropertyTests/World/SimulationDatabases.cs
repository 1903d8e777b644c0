using Kennel.Core.Domain;

namespace Kennel.PropertyTests.World;

/// <summary>The steps of databases.</summary>
public sealed partial class Simulation
{
    private void DoToDatabases(Step step)
    {
        switch (step)
        {
            case Step.MakeDatabase make:
                Host.Databases.Create(DatabaseName.Parse("scenario", make.Name).Valid(), "somebody");
                safety.Databases.RememberForeign();
                break;
            case Step.RefuseRestores refuse:
                Host.Databases.RefuseRestores = refuse.Refuse;
                break;
            case Step.Hold hold:
                Host.Databases.Held = hold.Name.Match(
                    name => Set(DatabaseName.Parse("scenario", name).Valid()),
                    () => Set<DatabaseName>()
                );
                break;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }
}
