using System.Net;
using System.Text.RegularExpressions;

namespace Kawaraban.Tests.Office.Provider;

/// <summary>Where a browser has come to.</summary>
public sealed record Place(Uri Address, HttpStatusCode Status, string Body);

/// <summary>A browser that follows where it is sent, across sites, and fills in forms.</summary>
public sealed partial class Visitor : IDisposable
{
    private readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer(), UseProxy = false });

    /// <summary>Every address it was at, the last one last.</summary>
    public List<Uri> Way { get; } = [];

    public Task<Place> Go(Uri address) => Follow(new HttpRequestMessage(HttpMethod.Get, address));

    /// <summary>Sends the first form of a page, with its hidden fields and these.</summary>
    public Task<Place> Submit(Place page, params (string Name, string Value)[] fields) => Submit(page, "", fields);

    /// <summary>Sends the form of a page that goes to an address with that end.</summary>
    public Task<Place> Submit(Place page, string to, params (string Name, string Value)[] fields)
    {
        var form = Form().Matches(page.Body).First(form => form.Groups["action"].Value.EndsWith(to, StringComparison.Ordinal));
        var values = Hidden().Matches(form.Value)
            .Select(field => (WebUtility.HtmlDecode(field.Groups["name"].Value), WebUtility.HtmlDecode(field.Groups["value"].Value))).Concat(fields);
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(page.Address, WebUtility.HtmlDecode(form.Groups["action"].Value)))
        {
            Content = new FormUrlEncodedContent(values.Select(value => KeyValuePair.Create(value.Item1, value.Item2))),
        };
        return Follow(request);
    }

    public void Dispose() => http.Dispose();

    private async Task<Place> Follow(HttpRequestMessage request)
    {
        for (var steps = 0; steps < 20; steps++)
        {
            var address = request.RequestUri!;
            Way.Add(address);
            using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
            request.Dispose();
            if (response.Headers.Location is not { } next)
                return new Place(address, response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
            request = new HttpRequestMessage(HttpMethod.Get, new Uri(address, next));
        }

        throw new InvalidOperationException($"it goes round and round: {string.Join(' ', Way)}");
    }

    [GeneratedRegex("<form[^>]*action=\"(?<action>[^\"]*)\".*?</form>", RegexOptions.Singleline)]
    private static partial Regex Form();

    [GeneratedRegex("<input[^>]*type=\"hidden\"[^>]*name=\"(?<name>[^\"]*)\"[^>]*value=\"(?<value>[^\"]*)\"")]
    private static partial Regex Hidden();
}
