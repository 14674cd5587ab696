using System.CommandLine;
using Kawaraban.Fetching;
using Kawaraban.Hosting;
using Kawaraban.Sources;

namespace Kawaraban.Commands;

/// <summary><c>kawaraban sources request</c>: what the requests to a source carry beside the usual.</summary>
public static class SourcesRequestCommand
{
    /// <summary>Describes the verb.</summary>
    public static Command Create()
    {
        var which = SourceArguments.Which();
        var header = new Option<string[]>("--header")
        {
            Description = "A header to send along, such as 'Cookie: consent=yes'; may be given again. Sent to the source's own server and no other; kept in the database as it is.",
            HelpName = "'NAME: VALUE'",
            AllowMultipleArgumentsPerToken = false,
        };
        header.Validators.Add(result =>
        {
            if (result.Tokens.Count > RequestSettings.MostHeaders)
                result.AddError($"--header: no more than {RequestSettings.MostHeaders} of them");
            foreach (var token in result.Tokens)
            {
                if (!RequestSettings.TryParseHeader(token.Value, out _, out var problem))
                    result.AddError($"--header: {problem}");
            }
        });
        var userAgent = new Option<string>("--user-agent") { Description = "The name to go by there. Better: have its operator allow ours.", HelpName = "TEXT" };
        userAgent.Validators.Add(result =>
        {
            if (RequestSettings.WhyNoUserAgent(result.Tokens[0].Value) is { } problem)
                result.AddError($"--user-agent: {problem}");
        });
        var proxy = new Option<string>("--proxy")
        {
            Description = "A proxy to go through: http://, https:// or socks5://, with user:password@ where it wants them. Kept in the database as it is and shown as ***; it resolves the names of sites.",
            HelpName = "URL",
        };
        proxy.Validators.Add(result =>
        {
            if (!ProxyAddress.TryParse(result.Tokens[0].Value, out _, out var problem))
                result.AddError($"--proxy: the address {problem}");
        });
        var clear = new Option<bool>("--clear") { Description = "Ask as everywhere again." };
        var command = new Command("request", "Say what the requests to a source carry beside the usual; what was said before is replaced.") { which, header, userAgent, proxy, clear };
        command.Validators.Add(result =>
        {
            var isGiven = result.GetValue(header) is { Length: > 0 } || result.GetValue(userAgent) is not null || result.GetValue(proxy) is not null;
            if (isGiven == result.GetValue(clear))
                result.AddError("give --header, --user-agent and --proxy, or --clear; kawaraban sources show tells what there is");
        });
        command.SetAction(async (call, cancellation) =>
        {
            await using var installation = Installation.Open(CommonOptions.Settings(call));
            var headers = (call.GetValue(header) ?? [])
                .Select(text => RequestSettings.TryParseHeader(text, out var parsed, out var problem) ? parsed : throw new ArgumentException(problem, nameof(call)))
                .ToList();
            var settings = call.GetValue(clear) ? null : new RequestSettings(headers, call.GetValue(userAgent))
            {
                Proxy = ProxyAddress.TryParse(call.GetValue(proxy), out var parsedProxy, out _) ? parsedProxy : null,
            };
            foreach (var source in await SourceArguments.Find(installation, call.GetValue(which), cancellation))
            {
                await installation.Sources.SetRequest(source.Id, settings, cancellation);
                Console.WriteLine(settings is null
                    ? $"source {source.Id} is asked as everywhere: {source.Company}, {source.Url}"
                    : $"source {source.Id} is asked with {Describe(RequestCard.Of(settings))}: {source.Company}, {source.Url}");
            }

            return ExitCode.Fine;
        });
        return command;
    }

    /// <summary>Says what a request carries, without the values, which may be secrets.</summary>
    internal static string Describe(RequestCard request) =>
        string.Join(" and ", new[]
        {
            request.Headers.Count == 0 ? null : $"{(request.Headers.Count == 1 ? "the header" : "the headers")} {string.Join(", ", request.Headers)}",
            request.UserAgent is null ? null : $"the user agent \"{request.UserAgent}\"",
            request.Proxy is null ? null : $"the proxy {request.Proxy}",

        }.OfType<string>());
}
