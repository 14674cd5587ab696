using System.Net.Http.Headers;
using System.Net.Mime;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.IdentityModel.Tokens;

namespace Kawaraban.Office.Provider;

/// <summary>What is known of the provider now.</summary>
/// <param name="Document">What it says of itself; its issuer and the addresses we use were found good.</param>
/// <param name="Keys">What it signs with.</param>
/// <param name="ReadAt">When it was read.</param>
internal sealed record KnownProvider(ProviderDocument Document, IReadOnlyList<SecurityKey> Keys, DateTimeOffset ReadAt);

/// <summary>Asks the provider: what it can do, for tokens, and for more of somebody.</summary>
/// <remarks>Nothing is asked before somebody comes in by it, so that a provider that is down keeps no process from starting.</remarks>
internal sealed class ProviderConnection : IDisposable
{
    private const int LongestAnswer = 1024 * 1024;

    private static readonly TimeSpan Known = TimeSpan.FromHours(6);
    private static readonly TimeSpan LookAgain = TimeSpan.FromMinutes(1);

    private readonly ProviderOptions options;
    private readonly TimeProvider clock;
    private readonly HttpClient http;
    private readonly SemaphoreSlim turn = new(1, 1);
    private volatile KnownProvider? known;

    /// <summary>To a provider.</summary>
    /// <param name="options">Which.</param>
    /// <param name="clock">Tells the time.</param>
    /// <param name="handler">Takes the requests; null sends them over the network.</param>
    public ProviderConnection(ProviderOptions options, TimeProvider clock, HttpMessageHandler? handler = null)
    {
        this.options = options;
        this.clock = clock;

        // It is asked where the settings say, and nowhere else: no redirects, and no proxy between us and this machine.
        http = new HttpClient(handler ?? new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = !options.Authority.IsLoopback,
            ConnectTimeout = TimeSpan.FromSeconds(5),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        })
        {
            Timeout = TimeSpan.FromSeconds(10),
            MaxResponseContentBufferSize = LongestAnswer,
        };
    }

    /// <summary>What is known of it.</summary>
    /// <param name="cancellation">Gives up.</param>
    /// <param name="because">A key that is not among those known: it is looked again, once a minute at most.</param>
    /// <exception cref="ProviderException">It does not answer.</exception>
    public async Task<KnownProvider> Know(CancellationToken cancellation, string? because = null)
    {
        if (IsEnough(known, because) is { } enough)
            return enough;
        await turn.WaitAsync(cancellation);
        try
        {
            if (IsEnough(known, because) is { } meanwhile)
                return meanwhile;
            try
            {
                return known = await Read(cancellation);
            }
            catch (ProviderException) when (known is { } old && because is null)
            {
                // What it said this morning still opens the door; its token endpoint will say whether it is there. A minute later it is asked again.
                return known = old with { ReadAt = clock.GetUtcNow() - Known + LookAgain };
            }
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Turns a code into tokens (OpenID Connect Core 1.0 §3.1.3).</summary>
    /// <exception cref="ProviderException">It does not answer.</exception>
    public async Task<ProviderTokens> Exchange(KnownProvider provider, string code, string verifier, string redirect, CancellationToken cancellation)
    {
        List<KeyValuePair<string, string>> form =
        [
            new("grant_type", "authorization_code"), new("code", code), new("redirect_uri", redirect), new("code_verifier", verifier),
        ];
        using var request = new HttpRequestMessage(HttpMethod.Post, provider.Document.TokenEndpoint);
        var methods = provider.Document.TokenEndpointAuthMethodsSupported;
        if (options.ClientSecret is { } secret && (methods is null || methods.Contains("client_secret_basic")))
        {
            // RFC 6749 §2.3.1: both are written as forms write them, before they are joined.
            var both = $"{Uri.EscapeDataString(options.ClientId)}:{Uri.EscapeDataString(secret)}";
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(both)));
        }
        else
        {
            form.Add(new("client_id", options.ClientId));
            if (options.ClientSecret is { } posted)
                form.Add(new("client_secret", posted));
        }

        request.Content = new FormUrlEncodedContent(form);
        var (status, body) = await Send(request, cancellation);

        // RFC 6749 §5.2: a refusal is 400, or 401 when it does not know us, and says why.
        return status is 200 or 400 or 401 ? Parse(body, ProviderJson.Default.ProviderTokens, request.RequestUri!)
            : throw new ProviderException($"{request.RequestUri} answered {status}");
    }

    /// <summary>What else the provider tells of somebody, as JSON (OpenID Connect Core 1.0 §5.3); null when it tells nothing.</summary>
    /// <exception cref="ProviderException">It does not answer.</exception>
    public async Task<string?> More(KnownProvider provider, string accessToken, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, provider.Document.UserinfoEndpoint);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", accessToken);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(MediaTypeNames.Application.Json));
        var (status, body) = await Send(request, cancellation);
        return status == 200 ? body : null;
    }

    public void Dispose()
    {
        http.Dispose();
        turn.Dispose();
    }

    private KnownProvider? IsEnough(KnownProvider? provider, string? because)
    {
        if (provider is null)
            return null;
        var age = clock.GetUtcNow() - provider.ReadAt;
        return age < Known && (because is null || age < LookAgain || provider.Keys.Any(key => key.KeyId == because)) ? provider : null;
    }

    private async Task<KnownProvider> Read(CancellationToken cancellation)
    {
        // Discovery §4: below the issuer, with its path; ".well-known" does not take the path's place.
        var address = new Uri(options.Authority.AbsoluteUri.TrimEnd('/') + "/.well-known/openid-configuration");
        var document = Parse(await Get(address, cancellation), ProviderJson.Default.ProviderDocument, address);

        // Discovery §4.3: or one provider could speak in another's name.
        if (document.Issuer?.TrimEnd('/') != options.Authority.AbsoluteUri.TrimEnd('/'))
            throw new ProviderException($"{address} is of the issuer {document.Issuer}, not of {options.Authority}; office.oidc.authority has to be the issuer");
        foreach (var (name, endpoint) in new[]
                 {
                     ("authorization_endpoint", document.AuthorizationEndpoint), ("token_endpoint", document.TokenEndpoint), ("jwks_uri", document.JwksUri),
                     ("userinfo_endpoint", document.UserinfoEndpoint ?? document.TokenEndpoint),
                     ("end_session_endpoint", document.EndSessionEndpoint ?? document.TokenEndpoint),
                 })
        {
            // Encrypted, unless the settings allowed the provider itself to be plain.
            if (!Uri.TryCreate(endpoint, UriKind.Absolute, out var url)
                || !ProviderOptions.IsSafe(url, allowPlain: options.Authority.Scheme == Uri.UriSchemeHttp && !options.Authority.IsLoopback))
                throw new ProviderException($"{address}: its {name} is \"{endpoint}\", which is no https address");
        }

        var keysAt = new Uri(document.JwksUri!);
        return new KnownProvider(document, Keys(await Get(keysAt, cancellation), keysAt), clock.GetUtcNow());
    }

    // What is published is public: a secret among them ("oct") would let everybody sign.
    private static List<SecurityKey> Keys(string json, Uri from)
    {
        try
        {
            return [.. new JsonWebKeySet(json).Keys.Where(key => key.Kty is "RSA" or "EC" && key.Use is null or "" or "sig")];
        }
        catch (Exception e) when (e is ArgumentException or JsonException)
        {
            throw new ProviderException($"{from} holds no keys: {e.Message}");
        }
    }

    private async Task<string> Get(Uri address, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        var (status, body) = await Send(request, cancellation);
        return status == 200 ? body : throw new ProviderException($"{address} answered {status}");
    }

    private async Task<(int Status, string Body)> Send(HttpRequestMessage request, CancellationToken cancellation)
    {
        try
        {
            using var response = await http.SendAsync(request, cancellation);
            return ((int)response.StatusCode, await response.Content.ReadAsStringAsync(cancellation));
        }
        catch (Exception e) when (e is HttpRequestException or InvalidOperationException || (e is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            throw new ProviderException($"{request.RequestUri} cannot be asked: {e.Message}");
        }
    }

    private static T Parse<T>(string json, JsonTypeInfo<T> type, Uri from)
    {
        try
        {
            return JsonSerializer.Deserialize(json, type) ?? throw new ProviderException($"{from} answered nothing");
        }
        catch (JsonException e)
        {
            throw new ProviderException($"{from} answered what is not JSON as we know it: {e.Message}");
        }
    }
}
