using System.Diagnostics;
using System.Reflection;
using System.Runtime.CompilerServices;
using Kennel.Core.Domain;
using Kennel.Core.Planning;
using Kennel.Core.Units;
using Kennel.Shell.Reconcile;
using Action = Kennel.Core.Planning.Action;

namespace Kennel.Tests.Tidy;

/// <summary>
/// Every case of a closed union is handled wherever one is matched on. An empty value of each case is shown to the
/// match: one that does not know it ends in <see cref="UnreachableException"/>, one that does comes further.
/// </summary>
public sealed class UnionTests
{
    private const string Planning = "Kennel.Core/";

    [Fact]
    public void Every_action_has_a_key() =>
        Expect.None(Unhandled<Action>(action => ActionKeys.Of(action)), "Give the action a key in ActionKeys");

    [Fact]
    public void Every_action_is_printed() =>
        Expect.None(Unhandled<Action>(action => action.Describe()), "Say in Printing what the action does");

    [Fact]
    public void Every_action_is_executed() =>
        Expect.None(
            Unhandled<Action>(action =>
                new Interpreter(new Outside(null!, null!, null!, null!, null!, null!, null!, null!), new NoFault())
                    .Execute(action, CancellationToken.None)
                    .GetAwaiter()
                    .GetResult()
            ),
            "Send the action to its port in Interpreter"
        );

    [Fact]
    public void Every_action_is_carried_out_for_real_and_in_the_simulated_world() =>
        Expect.None(
            Unmentioned<Action>("Kennel.Shell/")
                .Concat(Unmentioned<Action>("Kennel.PropertyTests/", "Kennel.Shell/Store/")),
            "A port carries the action out, in Kennel.Shell and in the simulated world (which has the real store)"
        );

    [Fact]
    public void Every_action_is_planned_by_somebody() =>
        Expect.None(Unmade<Action>(Planning), "Remove the action, or plan it");

    [Fact]
    public void Every_note_is_printed() =>
        Expect.None(
            Unhandled<WaitingOn>(on => new Note.Waiting(new Subject.Host(), on).Describe())
                .Concat(Unhandled<BlockedBy>(by => new Note.Blocked(new Subject.Host(), by).Describe()))
                .Concat(Unhandled<Note>(note => note.Describe()).Except(["Note.Waiting", "Note.Blocked"])),
            "Say it in NotePrinting"
        );

    [Fact]
    public void Every_note_is_given_by_some_planner() =>
        Expect.None(
            Unmade<Note>(Planning)
                .Concat(Unmade<WaitingOn>(Planning))
                .Concat(Unmade<BlockedBy>(Planning, "Kennel.Shell/")),
            "Remove it, or say it"
        );

    [Fact]
    public void Every_resource_has_a_kind_a_name_and_variables() =>
        Expect.None(
            Unhandled<Resource>(resource =>
                    ResourceEnvironment.Secrets(Views.Scene.Instance, Needy(resource), Row(resource))
                )
                .Concat(Unhandled<Resource>(resource => _ = resource.Name)),
            "Give the resource a kind and a name, and say in ResourceEnvironment how services find it"
        );

    [Fact]
    public void Every_cause_is_described() =>
        Expect.None(
            Unhandled<Cause>(cause => cause.Describe()),
            "Give the cause a code and a sentence in Cause.Describe"
        );

    [Fact]
    public void Every_cause_is_found_by_somebody() =>
        Expect.None(Unmade<Cause>("Kennel.Core/", "Kennel.Shell/"), "Remove the cause, or tell it where it happens");

    private static IEnumerable<Type> Cases<TUnion>() =>
        typeof(TUnion)
            .GetNestedTypes(BindingFlags.Public)
            .Where(type => !type.IsAbstract && type.IsSubclassOf(typeof(TUnion)));

    private static List<string> Unhandled<TUnion>(Action<TUnion> match) =>
        Cases<TUnion>()
            .Where(type => !IsHandled(() => match((TUnion)RuntimeHelpers.GetUninitializedObject(type))))
            .Select(Title)
            .ToList();

    private static bool IsHandled(System.Action match)
    {
        try
        {
            match();
            return true;
        }
        catch (UnreachableException)
        {
            return false;
        }
        catch (Exception)
        {
            // It was matched; its parts are missing, for it is empty.
            return true;
        }
    }

    private static IEnumerable<string> Unmentioned<TUnion>(params string[] folders) => Missing<TUnion>(folders, "");

    private static IEnumerable<string> Unmade<TUnion>(params string[] folders) => Missing<TUnion>(folders, "new ");

    private static IEnumerable<string> Missing<TUnion>(string[] folders, string before)
    {
        var text = string.Concat(folders.Select(Sources.Text));
        return Cases<TUnion>()
            .Where(type =>
                !System.Text.RegularExpressions.Regex.IsMatch(text, $@"\b{before}{typeof(TUnion).Name}\.{type.Name}\b")
            )
            .Select(type => $"{Title(type)} in {string.Join(", ", folders)}");
    }

    private static Specification.Service Needy(Resource resource) =>
        ((Specification.Service)Views.Scene.Release(Views.Scene.Api, 1, Views.Scene.Untried).Specification) with
        {
            Resources = Set(resource.Kind),
        };

    private static Seq<DesiredResource> Row(Resource resource) =>
        Seq1(new DesiredResource(new ResourceId(1), resource, ResourceState.Present));

    private static string Title(Type type) => $"{type.DeclaringType!.Name}.{type.Name}";
}
