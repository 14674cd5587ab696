namespace Kawaraban.Catalog;

/// <summary>What the portal asks of the catalog. Every question is one round trip to the database.</summary>
public sealed class PostListings
{
    /// <summary>A page of posts, newest first.</summary>
    public Task<PostPage> List(PostFilter filter, PostCursor? before, int count, CancellationToken cancellation) => throw new NotImplementedException();

    /// <summary>One post, or null.</summary>
    public Task<PostCard?> Find(long id, CancellationToken cancellation) => throw new NotImplementedException();

    /// <summary>Posts near this one: same tags first, then same company; never itself.</summary>
    public Task<IReadOnlyList<PostCard>> Related(long id, int count, CancellationToken cancellation) => throw new NotImplementedException();

    /// <summary>All companies with posts, by latest post.</summary>
    public Task<IReadOnlyList<CompanyCard>> Companies(CancellationToken cancellation) => throw new NotImplementedException();

    /// <summary>One company, or null.</summary>
    public Task<CompanyCard?> Company(string slug, CancellationToken cancellation) => throw new NotImplementedException();

    /// <summary>The commonest tags.</summary>
    public Task<IReadOnlyList<TagCard>> Tags(int count, CancellationToken cancellation) => throw new NotImplementedException();
}
