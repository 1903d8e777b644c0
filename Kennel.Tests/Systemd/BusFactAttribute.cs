namespace Kennel.Tests.Systemd;

/// <summary>A test that needs a real systemd and the right to start units; elsewhere it is skipped and says why.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BusFactAttribute : FactAttribute
{
    public BusFactAttribute()
    {
        if (!Directory.Exists("/run/systemd/system"))
        {
            Skip = "no systemd bus here";
        }
        else if (!Environment.IsPrivilegedProcess)
        {
            Skip = "not root";
        }
        else if (File.ReadAllText("/proc/1/comm") is not "systemd\n")
        {
            Skip = "PID 1 is not systemd";
        }
    }
}
