namespace Kawaraban.Sample;

/// <summary>Gives the sample's posts dates near today, so that the portal looks alive whenever it is started.</summary>
/// <remarks>Only the day matters: two starts on one day (UTC) give the same dates, and the feeds keep their validators.</remarks>
internal static class SampleCalendar
{
    private const int Office = 9 * 60;

    /// <summary>The blog with its dates: the first post within the last four days, the others about a fortnight apart, none in the future.</summary>
    /// <param name="blog">The blog, newest first.</param>
    /// <param name="index">Its number among the blogs, which keeps them from publishing in step.</param>
    /// <param name="now">The moment the origin starts.</param>
    public static Blog Date(Blog blog, int index, DateTimeOffset now)
    {
        var today = new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero);
        var zone = blog.Language == "ja" ? TimeSpan.FromHours(9) : TimeSpan.Zero;
        var posts = new List<BlogPost>(blog.Posts.Count);
        for (var i = 0; i < blog.Posts.Count; i++)
        {
            var daysAgo = i == 0 ? index % 4 : (index % 4) + (13 * i) + (((7 * index) + (5 * i)) % 9);
            posts.Add(At(blog.Posts[i], today, daysAgo, (index * 31) + (i * 17), zone, isEdited: i % 4 == 2));
        }

        return blog with { Posts = posts };
    }

    /// <summary>One post, published during the working day that lies <paramref name="daysAgo"/> days back.</summary>
    public static BlogPost At(BlogPost post, DateTimeOffset today, int daysAgo, int salt, TimeSpan zone, bool isEdited)
    {
        // Midnight UTC is nine in the morning in Japan: what appeared "today" appeared in the hour before it.
        var published = daysAgo == 0
            ? today.AddMinutes(-5 - (salt * 7 % 50))
            : today.AddDays(-daysAgo).AddMinutes(salt * 37 % Office).AddSeconds(salt % 60);
        var updated = isEdited && daysAgo > 3 ? published.AddHours(27) : published;
        return post with { PublishedAt = published.ToOffset(zone), UpdatedAt = updated.ToOffset(zone) };
    }
}
