using Kennel.Shell.Systemd;

namespace Kennel.Tests.Systemd;

public sealed class NamesTests
{
    [Theory]
    [InlineData("kennel-app1.service", "kennel_2dapp1_2eservice")]
    [InlineData("1a_b.service", "_31a_5fb_2eservice")]
    [InlineData("a@ü.service", "a_40_c3_bc_2eservice")]
    public void A_units_path_is_written_and_read_as_systemd_does(string name, string label)
    {
        Assert.Equal($"/org/freedesktop/systemd1/unit/{label}", UnitPath.Of(name));
        Assert.Equal(Some(name), UnitPath.NameOf(UnitPath.Of(name)));
    }

    [Theory]
    [InlineData("/org/freedesktop/systemd1")]
    [InlineData("/org/freedesktop/systemd1/unit/a_2")]
    [InlineData("/org/freedesktop/systemd1/unit/a_zz")]
    public void What_is_no_units_path_has_no_name(string path) => Assert.Equal(None, UnitPath.NameOf(path));

    [Theory]
    [InlineData("kennel-a.service", true)]
    [InlineData("caddy.service", true)]
    [InlineData("kennel.service", false)]
    [InlineData("kennel-app.slice", false)]
    [InlineData("x-caddy.service", false)]
    public void Only_our_units_and_caddy_are_watched(string name, bool isWatched) =>
        Assert.Equal(isWatched, SystemBusOptions.IsOursOrCaddy(name));

    [Theory]
    [InlineData("org.freedesktop.systemd1.UnitExists", BusError.UnitExists)]
    [InlineData("org.freedesktop.systemd1.NoSuchUnit", BusError.NoSuchUnit)]
    [InlineData("org.freedesktop.DBus.Error.AccessDenied", BusError.AccessDenied)]
    [InlineData("org.freedesktop.DBus.Error.InteractiveAuthorizationRequired", BusError.AccessDenied)]
    [InlineData("org.freedesktop.DBus.Error.PropertyReadOnly", BusError.InvalidProperty)]
    [InlineData("org.example.Never.Seen", BusError.Other)]
    public void A_refusal_keeps_its_name(string errorName, BusError error) =>
        Assert.Equal(new BusFailure.Refused(error, errorName, "why"), BusFailure.OfError(errorName, "why"));

    [Fact]
    public void An_error_that_says_nothing_about_the_outcome_is_a_lost_reply() =>
        Assert.IsType<BusFailure.ReplyLost>(BusFailure.OfError("org.freedesktop.DBus.Error.NoReply", "why"));

    [Fact]
    public void An_error_that_found_nobody_is_not_sent() =>
        Assert.IsType<BusFailure.NotSent>(BusFailure.OfError("org.freedesktop.DBus.Error.ServiceUnknown", "why"));
}
