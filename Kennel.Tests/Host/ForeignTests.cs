using Kennel.Core.Views;

namespace Kennel.Tests.Host;

public sealed class ForeignTests
{
    private const string Admin = "curl --silent --fail --unix-socket /run/caddy-admin/admin.sock";

    [HostFact]
    public Task What_others_made_under_names_like_Kennels_is_left_alone() =>
        TestHost.With(async host =>
        {
            await host.Run(
                $$"""
                systemd-run --quiet --unit kennel-mine sleep infinity
                systemd-run --quiet --unit kennel-hello-main-hello-0123456789 sleep infinity
                mkdir -p /var/lib/kennel/roots/mine
                {{Admin}} --request PUT --header 'Content-Type: application/json' \
                    --data '{"@id": "kennel-mine", "match": [{"host": ["mine.example"]}], "handle": [{"handler": "static_response", "body": "mine"}]}' \
                    http://localhost/config/apps/http/servers/kennel/routes/0
                """
            );
            var before = await Mine(host);

            var hello = await TestRepository.Create(host);
            await hello.Release("main", Edit.Version("1"));
            await hello.Remove("main");
            await host.Kennel("reconcile");

            Assert.Equal(before, await Mine(host));
            Assert.Equal("mine", (await host.Get("mine.example")).Body);
        });

    [HostFact]
    public Task A_foreign_unit_in_the_way_is_named_and_not_touched() =>
        TestHost.With(async host =>
        {
            var hello = await TestRepository.Create(host);
            await hello.Release("main", Edit.Version("1"));
            var unit = (await host.Invocations()).Keys.Single();
            await host.Run(
                $"systemctl stop kennel; systemctl stop {unit}; systemd-run --quiet --unit {unit} sleep infinity"
            );
            var foreign = (await host.Invocations())[unit];

            await host.Run("systemctl start kennel");
            await host.Kennel("reconcile");

            var notes = (await host.Ask<PlanView>("plan")).Notes;
            Assert.Contains(
                notes,
                note => note.Code == "foreign-unit" && note.What.Contains(unit, StringComparison.Ordinal)
            );
            Assert.Equal(foreign, (await host.Invocations())[unit]);
        });

    private static async Task<string> Mine(TestHost host) =>
        await host.Run(
            $"""
            systemctl show --property InvocationID --value kennel-mine kennel-hello-main-hello-0123456789
            ls -d /var/lib/kennel/roots/mine
            {Admin} http://localhost/id/kennel-mine
            """
        );
}
