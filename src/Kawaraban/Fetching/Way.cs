namespace Kawaraban.Fetching;

/// <summary>How far a fetch has come.</summary>
/// <param name="begin">The address that is asked first.</param>
/// <param name="proxy">What the requests go through; null for nothing.</param>
internal sealed class Way(Uri begin, ProxyAddress? proxy = null)
{
    private bool isPermanent = true;

    /// <summary>The address that is asked now.</summary>
    public Uri Url { get; private set; } = begin;

    /// <summary>What the requests go through; null for nothing.</summary>
    public ProxyAddress? Proxy { get; } = proxy;

    /// <summary>The status of the last answer; null when there was none.</summary>
    public int? Status { get; private set; }

    /// <summary>How many redirects were followed.</summary>
    public int Redirects { get; private set; }

    /// <summary>The body that is being read; null when none is.</summary>
    public WireStream? Wire { get; set; }

    /// <summary>Where permanent redirects, and nothing but those, led; null when there were none.</summary>
    public Uri? PermanentUrl => Redirects > 0 && isPermanent ? Url : null;

    /// <summary>Whether we are still at the host that was asked first.</summary>
    /// <remarks>
    /// Validators go no further: another host's <c>"1"</c> may stand for another document, and a blog that has moved may carry an older
    /// date than its predecessor, so that the answer "not modified" would keep the old posts for ever. A whole document more is the price.
    /// </remarks>
    public bool IsAtHome { get; private set; } = true;

    /// <summary>Whether all servers so far may have seen headers that were meant for the first.</summary>
    public bool MayCarryHeaders { get; private set; } = true;

    /// <summary>An answer has come from <see cref="Url"/>.</summary>
    public void Answered(int status) => Status = status;

    /// <summary>Goes on to where the last answer pointed.</summary>
    /// <remarks>
    /// A redirect from https to http is followed, since a feed is public and we send no secrets; but it is never taken for permanent: a
    /// source that was safe from tampering is not made unsafe by itself.
    /// </remarks>
    public void Follow(Uri target)
    {
        isPermanent = IsPermanent(target);
        IsAtHome &= string.Equals(target.IdnHost, Url.IdnHost, StringComparison.OrdinalIgnoreCase);
        MayCarryHeaders &= RequestSettings.MayCarryHeaders(Url, target);
        Url = target;
        Redirects++;
    }

    /// <summary>The redirect to a target, before it is followed.</summary>
    public Hop To(Uri target) => new(Url, Status ?? 0, target, IsPermanent(target) ? target : null);

    private bool IsPermanent(Uri target) =>
        isPermanent && Fetching.Redirects.IsPermanent(Status ?? 0) && !(Url.Scheme == "https" && target.Scheme == "http");
}
