using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Kennel.Core.Domain;
using Kennel.Shell.Caddy;
using Kennel.Tests.Routing;

namespace Kennel.Tests.Caddy;

/// <summary>A real Caddy of one test, on a port of its own, with its admin endpoint on a unix socket.</summary>
internal sealed class CaddyProcess : IAsyncDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("caddy");
    private readonly HttpClient _web = new(new SocketsHttpHandler { AllowAutoRedirect = false });
    private readonly HttpClient _admin;
    private readonly Func<CaddyProcess, JsonObject> _servers;
    private readonly JsonObject? _logging;
    private readonly JsonObject? _tls;
    private Process? _process;

    private CaddyProcess(Func<CaddyProcess, JsonObject> servers, JsonObject? logging, JsonObject? tls)
    {
        _servers = servers;
        _logging = logging;
        _tls = tls;
        WebPort = Rows.Port(FreePort());
        AdminPort = Rows.Port(FreePort());
        _admin = new HttpClient(new SocketsHttpHandler { ConnectCallback = ConnectAdmin })
        {
            BaseAddress = new Uri("http://localhost"),
        };
        Client = Connect();
    }

    /// <summary>The port of its web server.</summary>
    public Port WebPort { get; }

    /// <summary>A free port, for tests that move the admin endpoint to TCP.</summary>
    public Port AdminPort { get; }

    /// <summary>The client under test.</summary>
    public CaddyClient Client { get; }

    /// <summary>A directory for files of the test's.</summary>
    public string Files => _directory.FullName;

    /// <summary>The admin address as configured.</summary>
    public string AdminAddress => $"unix/{Socket}";

    private string Socket => Path.Combine(_directory.FullName, "admin.sock");

    /// <summary>Starts one with a server that has these foreign routes; no list of routes where null.</summary>
    public static Task<CaddyProcess> Start(JsonArray? routes) =>
        StartWith(caddy =>
        {
            var server = new JsonObject
            {
                ["listen"] = new JsonArray($"127.0.0.1:{caddy.WebPort}"),
                ["automatic_https"] = new JsonObject { ["disable"] = true },
            };
            if (routes is not null)
                server["routes"] = routes.DeepClone();
            return new JsonObject { ["web"] = server };
        });

    /// <summary>Starts one with an empty list of routes.</summary>
    public static Task<CaddyProcess> Start() => Start([]);

    /// <summary>Starts one with these servers, and with this logging and these certificates if any.</summary>
    public static async Task<CaddyProcess> StartWith(
        Func<CaddyProcess, JsonObject> servers,
        JsonObject? logging = null,
        JsonObject? tls = null
    )
    {
        var caddy = new CaddyProcess(servers, logging, tls);
        await caddy.StartAgain();
        return caddy;
    }

    /// <summary>Another client of the same Caddy.</summary>
    public CaddyClient Connect(int timeoutSeconds = 15) => new(Options(AdminAddress, timeoutSeconds));

    /// <summary>How clients reach it. The store and the sockets lie elsewhere in tests, which need neither Nix nor root.</summary>
    public CaddyOptions Options(string adminAddress, int timeoutSeconds = 15) =>
        new(adminAddress, WebPort, Path.Combine(Files, "routes"), timeoutSeconds)
        {
            Store = Files,
            WakeSocket = Path.Combine(Files, "wake.sock"),
        };

    /// <summary>Stops it and waits for its end.</summary>
    public async Task Stop()
    {
        if (_process is { } process)
        {
            process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
            _process = null;
        }
    }

    /// <summary>Lets it answer nothing until it is let go on.</summary>
    public Task Freeze() => Signal("-STOP");

    /// <summary>Lets it go on.</summary>
    public Task Resume() => Signal("-CONT");

    /// <summary>Starts it with what it was first started with.</summary>
    public async Task StartAgain()
    {
        var configuration = new JsonObject
        {
            ["admin"] = new JsonObject
            {
                ["listen"] = AdminAddress,
                ["config"] = new JsonObject { ["persist"] = false },
            },
            ["apps"] = new JsonObject
            {
                ["http"] = new JsonObject { ["grace_period"] = "1s", ["servers"] = _servers(this) },
            },
        };
        if (_logging is not null)
            configuration["logging"] = _logging.DeepClone();
        if (_tls is not null)
            configuration["apps"]!["tls"] = _tls.DeepClone();
        var file = Path.Combine(_directory.FullName, "caddy.json");
        await File.WriteAllTextAsync(file, configuration.ToJsonString());
        var start = new ProcessStartInfo(CaddyFactAttribute.Program, ["run", "--config", file])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
            Environment = { ["XDG_CONFIG_HOME"] = Files, ["XDG_DATA_HOME"] = Files },
        };
        _process = Process.Start(start)!;
        var log = new StringBuilder();
        _process.ErrorDataReceived += (_, line) => log.AppendLine(line.Data);
        _process.BeginErrorReadLine();
        _process.BeginOutputReadLine();
        await Until(IsUp, () => $"Caddy does not come up: {log}");
    }

    /// <summary>Asks the web server for a page by host name.</summary>
    public async Task<Page> Get(string host, string path = "/", params (string Name, string Value)[] headers)
    {
        using var request = Request(HttpMethod.Get, host, path);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        using var response = await _web.SendAsync(request);
        return await Page.Of(response);
    }

    /// <summary>Sends a request with another method.</summary>
    public async Task<Page> Send(HttpMethod method, string host, string path)
    {
        using var request = Request(method, host, path);
        using var response = await _web.SendAsync(request);
        return await Page.Of(response);
    }

    /// <summary>Sends a body, chunk by chunk if its length is not to be told.</summary>
    public async Task<Page> Post(string host, string path, HttpContent body, bool isChunked = false)
    {
        using var request = Request(HttpMethod.Post, host, path);
        request.Content = body;
        request.Headers.TransferEncodingChunked = isChunked;
        using var response = await _web.SendAsync(request);
        return await Page.Of(response);
    }

    /// <summary>Begins to read a page that goes on for long.</summary>
    public async Task<StreamReader> Stream(string host, string path)
    {
        using var request = Request(HttpMethod.Get, host, path);
        var response = await _web.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        return new StreamReader(await response.Content.ReadAsStreamAsync());
    }

    /// <summary>What the admin endpoint shows.</summary>
    public async Task<JsonNode?> Show(string path) => JsonNode.Parse(await _admin.GetStringAsync(path));

    /// <summary>Writes to the admin endpoint as somebody else would.</summary>
    public async Task Change(HttpMethod method, string path, string json)
    {
        using var request = new HttpRequestMessage(method, path)
        {
            Content = new StringContent(json, Encoding.UTF8, "application/json"),
        };
        using var response = await _admin.SendAsync(request);
        var body = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, body);
    }

    public async ValueTask DisposeAsync()
    {
        await Stop();
        Client.Dispose();
        _web.Dispose();
        _admin.Dispose();
        _directory.Delete(recursive: true);
    }

    /// <summary>Waits until something holds.</summary>
    public static async Task Until(Func<Task<bool>> holds, Func<string> otherwise)
    {
        const int limitSeconds = 20;
        var since = Stopwatch.StartNew();
        while (!await holds())
        {
            Assert.True(since.Elapsed.TotalSeconds < limitSeconds, otherwise());
            await Task.Delay(20);
        }
    }

    private async Task Signal(string signal)
    {
        using var kill = Process.Start("kill", [signal, $"{_process!.Id}"]);
        await kill.WaitForExitAsync();
    }

    private async Task<bool> IsUp()
    {
        try
        {
            await _admin.GetStringAsync("/config/");
            return true;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private HttpRequestMessage Request(HttpMethod method, string host, string path)
    {
        var request = new HttpRequestMessage(method, $"http://127.0.0.1:{WebPort}{path}");
        request.Headers.TryAddWithoutValidation("Host", host);
        return request;
    }

    private async ValueTask<Stream> ConnectAdmin(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(Socket), cancellation);
        return new NetworkStream(socket, ownsSocket: true);
    }

    /// <summary>A port that nothing listens on.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

/// <summary>An answer of the web server.</summary>
internal sealed record Page(int Status, string Body, IReadOnlyDictionary<string, string> Headers)
{
    public static async Task<Page> Of(HttpResponseMessage response)
    {
        var headers = response
            .Headers.NonValidated.Concat(response.Content.Headers.NonValidated)
            .ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        return new Page((int)response.StatusCode, await response.Content.ReadAsStringAsync(), headers);
    }

    public string Header(string name) => Headers.GetValueOrDefault(name, "");
}
