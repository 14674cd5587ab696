namespace Kawaraban.Sample;

/// <summary>A blog of the sample, as a person would add it: who publishes it and where it is.</summary>
/// <param name="CompanyName">The invented company behind it.</param>
/// <param name="SiteUrl">The blog's front page on loopback; announces the feed with <c>&lt;link rel="alternate"&gt;</c>.</param>
/// <param name="FeedUrl">The feed on loopback. Its host is an IP literal of its own, hence its own politeness key.</param>
/// <param name="Title">What the blog calls itself.</param>
public sealed record SampleBlog(string CompanyName, string SiteUrl, string FeedUrl, string Title);
