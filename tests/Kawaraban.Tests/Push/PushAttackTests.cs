using System.Net;
using System.Text;
using Kawaraban.Push;

namespace Kawaraban.Tests.Push;

/// <summary>What strangers, and hubs that mean ill, say to us.</summary>
public sealed class PushAttackTests
{
    private const string Unknown = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory(Timeout = 60_000)]
    [InlineData("subscribe", "https://a.example/other", "c", "864000", "")]
    [InlineData("subscribe", "https://a.example/feed", "c", "864000", "")]
    [InlineData("subscribe", null, "c", "864000", "")]
    [InlineData("subscribe", PushField.Topic, null, "864000", "")]
    [InlineData("subscribe", PushField.Topic, "", "864000", "")]
    [InlineData("unsubscribe", PushField.Topic, "c", null, "")]
    [InlineData("Subscribe", PushField.Topic, "c", "864000", "")]
    [InlineData("publish", PushField.Topic, "c", "864000", "")]
    [InlineData(null, PushField.Topic, "c", "864000", "")]
    [InlineData("subscribe", PushField.Topic, "c", "864000", "&hub.mode=unsubscribe")]
    [InlineData("subscribe", PushField.Topic, "c", "864000", "&hub.topic=x")]
    [InlineData("subscribe", PushField.Topic, "c", "864000", "&hub.challenge=x")]
    [InlineData("subscribe", PushField.Topic, "c", "864000", "&hub.lease_seconds=1")]
    [InlineData("subscribe", PushField.Topic, "c", null, "")]
    [InlineData("subscribe", PushField.Topic, "c", "0", "")]
    [InlineData("subscribe", PushField.Topic, "c", "-1", "")]
    [InlineData("subscribe", PushField.Topic, "c", "1", "")]
    [InlineData("subscribe", PushField.Topic, "c", "1e9", "")]
    [InlineData("subscribe", PushField.Topic, "c", "99999999999999999999999", "")]
    [InlineData("denied", "https://a.example/other", null, null, "")]
    public async Task What_was_not_asked_is_not_confirmed(string? mode, string? topic, string? challenge, string? lease, string more)
    {
        await using var push = await PushField.Start();
        await push.Ask();
        Assert.Equal((HttpStatusCode.NotFound, ""), await push.Verify(mode, topic, challenge, lease, more: more));
        Assert.Equal((HttpStatusCode.NotFound, ""), await push.Verify(mode, topic, challenge, lease, Unknown, more));
        Assert.Equal("asked", (await push.Card()).State);
        // The question is as open as before.
        Assert.Equal((HttpStatusCode.OK, "c"), await push.Verify());
    }

    [Fact(Timeout = 60_000)]
    public async Task A_confirmation_holds_once_and_nothing_is_confirmed_before_it_was_asked()
    {
        await using var push = await PushField.Start();
        await push.Ask();
        Assert.Equal(HttpStatusCode.OK, (await push.Verify(lease: "600")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await push.Verify(lease: "864000")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await push.Verify("unsubscribe")).Status);
        Assert.Equal(push.Field.Clock.GetUtcNow().AddSeconds(600), (await push.Card()).LeaseUntil!.Value, TimeSpan.FromSeconds(30));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_lease_without_end_is_renewed_within_a_month()
    {
        await using var push = await PushField.StartActive(int.MaxValue);
        Assert.True((await push.Card()).LeaseUntil <= push.Field.Clock.GetUtcNow().AddDays(30));
    }

    [Fact(Timeout = 60_000)]
    public async Task What_a_hub_has_us_say_is_text_whoever_looks_at_it()
    {
        await using var push = await PushField.Start();
        await push.Ask();
        using var client = new HttpClient();
        using var answer = await client.GetAsync(
            new Uri($"{push.Callback()}?hub.mode=subscribe&hub.topic={Uri.EscapeDataString(PushField.Topic)}&hub.lease_seconds=9999&hub.challenge=%3Cscript%3E"), Cancellation);
        Assert.Equal("<script>", await answer.Content.ReadAsStringAsync(Cancellation));
        Assert.Equal("text/plain", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
    }

    [Theory(Timeout = 60_000)]
    [InlineData("sha1")]
    [InlineData("sha256")]
    [InlineData("sha384")]
    [InlineData("sha512")]
    public async Task What_is_signed_in_a_way_that_the_standard_knows_is_believed(string method)
    {
        await using var push = await PushField.StartActive();
        push.Field.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(HttpStatusCode.Accepted, await push.Push(push.Sign(method, "<feed/>")));
        Assert.Equal(1, await push.CrawlDue());
    }

    [Theory(Timeout = 60_000)]
    [InlineData(null)]
    [InlineData("sha256")]
    [InlineData("sha256=")]
    [InlineData("md5=d41d8cd98f00b204e9800998ecf8427e")]
    [InlineData("sha256=0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("sha256=zz00000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("sha1=0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("other")]
    [InlineData("cut")]
    [InlineData("twice")]
    public async Task What_is_not_signed_as_it_must_be_is_taken_and_ignored(string? signature)
    {
        await using var push = await PushField.StartActive();
        push.Field.Clock.Advance(TimeSpan.FromMinutes(2));
        var right = push.Sign("sha256", "<feed/>");
        signature = signature switch
        {
            "other" => push.Sign("sha256", "<other/>"),
            "cut" => right[..^2],
            "twice" => $"{right}, {right}",
            _ => signature,
        };
        Assert.Equal(HttpStatusCode.Accepted, await push.Push(signature));
        Assert.Equal(0, await push.CrawlDue());
        Assert.Equal(1L, push.Field.Temporary.Value<long>("SELECT count(*) FROM subscriptions WHERE pushed_at IS NULL AND owed = 0"));
    }

    [Fact(Timeout = 60_000)]
    public async Task Nothing_is_taken_over_a_subscription_that_is_not_confirmed_or_of_a_token_that_is_none()
    {
        await using var push = await PushField.Start();
        await push.Ask();
        Assert.Equal(HttpStatusCode.NotFound, await push.Push());
        Assert.Equal(HttpStatusCode.NotFound, await push.Push(token: Unknown));
        Assert.Equal(HttpStatusCode.NotFound, await push.Push(token: "x"));
        Assert.Equal(HttpStatusCode.NotFound, await push.Push(token: Uri.EscapeDataString("' OR 1=1 --AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")));
        await push.Verify(lease: "300");
        Assert.Equal(HttpStatusCode.Accepted, await push.Push());
        push.Field.Clock.Advance(TimeSpan.FromSeconds(301));
        Assert.Equal(HttpStatusCode.NotFound, await push.Push());
    }

    [Theory(Timeout = 60_000)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_without_end_is_not_read_to_its_end(bool saysLength)
    {
        await using var push = await PushField.StartActive();
        push.Field.Clock.Advance(TimeSpan.FromMinutes(2));
        var body = new byte[PushEndpoint.MostBytes + (saysLength ? 1 : 1 << 20)];
        using var request = new HttpRequestMessage(HttpMethod.Post, push.Callback()) { Content = new ByteArrayContent(body) };
        request.Headers.TryAddWithoutValidation("X-Hub-Signature", push.Sign("sha256", Encoding.UTF8.GetString(body)));
        if (!saysLength)
            request.Headers.TransferEncodingChunked = true;
        try
        {
            Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await push.Send(request));
        }
        catch (HttpRequestException)
        {
            // It may hang up while we still send.
        }

        Assert.Equal(0, await push.CrawlDue());
    }

    [Fact(Timeout = 60_000)]
    public async Task Whoever_pushes_without_end_is_slowed_down_and_the_source_is_visited_once_a_minute_at_most()
    {
        await using var push = await PushField.StartActive();
        push.Field.Clock.Advance(TimeSpan.FromMinutes(2));
        push.Field.Asked.Clear();
        var visits = 0;
        List<HttpStatusCode> answers = [];
        for (var i = 0; i < 40; i++)
        {
            answers.Add(await push.Push());
            visits += await push.CrawlDue();
        }

        Assert.Contains(HttpStatusCode.TooManyRequests, answers);
        Assert.Contains(HttpStatusCode.Accepted, answers);
        var times = push.Field.Asked.Select(asked => asked.At).ToList();
        Assert.All(times.Zip(times.Skip(1)), pair => Assert.True(pair.Second - pair.First >= TimeSpan.FromMinutes(1)));
    }

    [Fact(Timeout = 60_000)]
    public async Task Whom_its_server_has_asked_to_wait_no_push_makes_come_sooner()
    {
        await using var push = await PushField.StartActive();
        var until = push.Field.Clock.GetUtcNow().AddHours(2);
        push.Field.Temporary.Run($"UPDATE sources SET not_before = {until.ToUnixTimeMilliseconds()}");
        Assert.Equal(HttpStatusCode.Accepted, await push.Push());
        Assert.Equal(until.ToUnixTimeMilliseconds(), push.Field.Temporary.Value<long>("SELECT next_crawl_at FROM sources"));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_denial_ends_the_subscription_for_a_week_and_its_reason_is_shown_as_one_line()
    {
        await using var push = await PushField.StartActive();
        Assert.Equal(HttpStatusCode.OK, (await push.Verify("denied", challenge: null, lease: null, more: "&hub.reason=" + Uri.EscapeDataString("too\r\nmany " + new string('x', 500)))).Status);
        Assert.StartsWith("its hub denies us the subscription: too  many xxx", (await push.Card()).Sentence, StringComparison.Ordinal);
        Assert.True((await push.Card()).Sentence.Length < 320);
        Assert.Equal(HttpStatusCode.NotFound, await push.Push());
        Assert.Equal(HttpStatusCode.NotFound, (await push.Verify()).Status);
        push.Field.Clock.Advance(TimeSpan.FromDays(6));
        Assert.Equal(0, await push.Ask());
        push.Field.Clock.Advance(TimeSpan.FromDays(2));
        Assert.Equal(1, await push.Ask());
    }
}
