using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Kawaraban.Fetching;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;

namespace Kawaraban.Tests.Fetching;

/// <summary>Secure connections: a certificate authority of our own, and certificates with what may be wrong with them.</summary>
public sealed class TlsTests : IDisposable
{
    private readonly X509Certificate2 root;
    private readonly ECDsa rootKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public TlsTests()
    {
        var request = new CertificateRequest("CN=Test authority", rootKey, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        root = request.CreateSelfSigned(TimeProvider.System.GetUtcNow().AddYears(-5), TimeProvider.System.GetUtcNow().AddYears(5));
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(HttpProtocols.Http1AndHttp2, "HTTP/2")]
    [InlineData(HttpProtocols.Http1, "HTTP/1.1")]
    public async Task The_newer_protocol_is_spoken_where_the_server_speaks_it(HttpProtocols protocols, string spoken)
    {
        await using var server = await Serve(Certificate(), protocols);
        var fetched = Assert.IsType<Fetched>(await Fetch(server, new FetcherOptions { AllowPrivateNetworks = true, TrustedRoots = [root] }));
        Assert.Equal(spoken, System.Text.Encoding.ASCII.GetString(fetched.Body.Span));
    }

    [Fact]
    public async Task A_certificate_of_an_unknown_authority_is_said_to_be()
    {
        await using var server = await Serve(Certificate());
        await Refuses(server, trusted: false, "the certificate of secure.example is issued by nobody we know, or an intermediate certificate is missing; its operator has to install the whole chain");
    }

    [Fact]
    public async Task A_certificate_that_has_expired_is_said_to_be()
    {
        await using var server = await Serve(Certificate(from: -90, days: 60));
        var day = DateTime.UtcNow.AddDays(-30).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        await Refuses(server, trusted: true, $"the certificate of secure.example expired on {day}; its operator has to renew it");
    }

    [Fact]
    public async Task A_certificate_that_is_not_valid_yet_is_said_to_be()
    {
        await using var server = await Serve(Certificate(from: 30, days: 60));
        var day = DateTime.UtcNow.AddDays(30).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        await Refuses(server, trusted: true, $"the certificate of secure.example is valid only from {day} on; its operator has to correct it");
    }

    [Fact]
    public async Task A_certificate_for_another_name_is_said_to_be()
    {
        await using var server = await Serve(Certificate(name: "other.example"));
        await Refuses(server, trusted: true, "the certificate that secure.example shows is for other.example; its operator has to add this name");
    }

    [Fact]
    public async Task A_server_without_TLS_is_a_trouble_of_tls()
    {
        using var plain = new TcpListener(IPAddress.Loopback, 0);
        plain.Start();
        var answering = Task.Run(async () =>
        {
            using var client = await plain.AcceptTcpClientAsync(Cancellation);
            await client.GetStream().WriteAsync("HTTP/1.1 400 Bad Request\r\n\r\n"u8.ToArray(), Cancellation);
        }, Cancellation);
        using var fetcher = new HttpFetcher(new FetcherOptions { AllowPrivateNetworks = true }, TimeProvider.System, (_, _) => Task.FromResult(new[] { IPAddress.Loopback }));
        var url = new Uri($"https://secure.example:{((IPEndPoint)plain.LocalEndpoint).Port}/");
        var unreachable = Assert.IsType<Unreachable>(await fetcher.Fetch(new FetchRequest(url), Cancellation));
        await answering;
        Assert.Equal(("tls", "no secure connection to secure.example could be agreed on; the server's TLS may be too old or broken"), (unreachable.Code, unreachable.Sentence));
    }

    [Theory]
    [InlineData(true, "secure.example")]
    [InlineData(true, "other.example")]
    [InlineData(false, "secure.example")]
    public async Task A_proxy_may_be_spoken_to_securely_and_its_certificate_is_looked_at(bool isTrusted, string name)
    {
        await using var server = await Serve(Certificate(name), HttpProtocols.Http1);
        var port = new Uri(server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()).Port;
        Assert.True(ProxyAddress.TryParse($"https://user:pass@secure.example:{port}", out var proxy, out _));
        using var fetcher = new HttpFetcher(
            new FetcherOptions { AllowPrivateNetworks = true, TrustedRoots = isTrusted ? [root] : null },
            TimeProvider.System,
            (_, _) => Task.FromResult(new[] { IPAddress.Loopback }));
        var request = new FetchRequest(new Uri("http://a.example/feed")) { Settings = new RequestSettings([], null) { Proxy = proxy } };
        var result = await fetcher.Fetch(request, Cancellation);
        if (isTrusted && name == "secure.example")
        {
            Assert.Equal("HTTP/1.1", System.Text.Encoding.ASCII.GetString(Assert.IsType<Fetched>(result).Body.Span));
            return;
        }

        var unreachable = Assert.IsType<Unreachable>(result);
        Assert.Equal("proxy", unreachable.Code);
        Assert.StartsWith($"the proxy https://***@secure.example:{port} cannot be used: the certificate", unreachable.Sentence, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        root.Dispose();
        rootKey.Dispose();
    }

    private async Task Refuses(WebApplication server, bool trusted, string sentence)
    {
        var options = new FetcherOptions { AllowPrivateNetworks = true, TrustedRoots = trusted ? [root] : null };
        var unreachable = Assert.IsType<Unreachable>(await Fetch(server, options));
        Assert.Equal(("tls", sentence), (unreachable.Code, unreachable.Sentence));
    }

    private static async Task<FetchResult> Fetch(WebApplication server, FetcherOptions options)
    {
        var port = new Uri(server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()).Port;
        using var fetcher = new HttpFetcher(options, TimeProvider.System, (_, _) => Task.FromResult(new[] { IPAddress.Loopback }));
        return await fetcher.Fetch(new FetchRequest(new Uri($"https://secure.example:{port}/")), Cancellation);
    }

    private static async Task<WebApplication> Serve(X509Certificate2 certificate, HttpProtocols protocols = HttpProtocols.Http1AndHttp2)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            listen.Protocols = protocols;
            listen.UseHttps(new HttpsConnectionAdapterOptions { ServerCertificate = certificate });
        }));
        var server = builder.Build();
        server.Run(context => context.Response.WriteAsync(context.Request.Protocol, context.RequestAborted));
        await server.StartAsync(Cancellation);
        return server;
    }

    private X509Certificate2 Certificate(string name = "secure.example", int from = -1, int days = 60)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        var begin = TimeProvider.System.GetUtcNow().AddDays(from);
        using var issued = request.Create(root, begin, begin.AddDays(days), RandomNumberGenerator.GetBytes(8));
        return X509CertificateLoader.LoadPkcs12(issued.CopyWithPrivateKey(key).Export(X509ContentType.Pkcs12), null);
    }
}
