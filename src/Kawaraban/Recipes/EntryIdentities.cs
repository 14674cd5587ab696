using Kawaraban.Feeds;

namespace Kawaraban.Recipes;

/// <summary>What an entry is known by.</summary>
internal sealed record EntryIdentity(string Identity, Uri Url, string CanonicalUrl);

/// <summary>Finds what makes every entry of a feed the same post next time.</summary>
/// <remarks>
/// Publishers break both rules there are: entries share an id, and entries share an address (release notes that all point to one page).
/// The other of the two then tells them apart, for all that share it, so that their order in the document does not matter. Where both
/// agree, the entry is there twice and counts once.
/// </remarks>
internal sealed class EntryIdentities
{
    private readonly EntryIdentity?[] identities;

    public EntryIdentities(IReadOnlyList<Entry> entries, Uri home)
        : this(entries, home, CompiledRecipe.Empty, new RuleNotes())
    {
    }

    /// <summary>As a recipe says what becomes of addresses and what a post is known by.</summary>
    public EntryIdentities(IReadOnlyList<Entry> entries, Uri home, CompiledRecipe recipe, RuleNotes notes)
    {
        identities = new EntryIdentity?[entries.Count];
        var urls = new Uri[entries.Count];
        var canonicals = new string[entries.Count];
        var ids = new string?[entries.Count];
        var sharedIds = new Sharing(entries.Count);
        var sharedUrls = new Sharing(entries.Count);
        for (var i = 0; i < entries.Count; i++)
        {
            urls[i] = Url(entries[i], home);
            if (recipe.Url is { } rules)
            {
                urls[i] = rules.Shown(urls[i], entries[i].Title ?? urls[i].AbsoluteUri, notes);
                canonicals[i] = rules.Canonical(urls[i]);
            }
            else
            {
                canonicals[i] = CanonicalUrl.Of(urls[i]);
            }

            ids[i] = Id(entries[i], urls[i], recipe.Identity);
            sharedUrls.Note(canonicals[i], Name(entries[i], ids[i]));
            if (ids[i] is { Length: > 0 } id)
                sharedIds.Note(id, canonicals[i]);
        }

        var seen = new HashSet<string>(entries.Count);
        for (var i = 0; i < entries.Count; i++)
        {
            // No address of a page has "#:" in it, because the fragment is gone.
            var canonical = sharedUrls.Has(canonicals[i]) ? $"{canonicals[i]}#:{Name(entries[i], ids[i])}" : canonicals[i];
            var identity = ids[i] is not { Length: > 0 } id ? canonical : sharedIds.Has(id) ? $"{id} {canonical}" : id;
            if (seen.Add(identity))
                identities[i] = new EntryIdentity(identity, urls[i], canonical);
        }
    }

    /// <summary>Of the entry at that place; null when it repeats another.</summary>
    public EntryIdentity? this[int index] => identities[index];

    private static string Name(Entry entry, string? id) => id is { Length: > 0 } ? id : entry.Title ?? "";

    // Null where the canonical address is what counts.
    private static string? Id(Entry entry, Uri url, IdentityField field) => field switch
    {
        IdentityField.Guid => entry.Id,
        IdentityField.Url => url.AbsoluteUri,
        IdentityField.TitleAndDate => entry.Title is { Length: > 0 } title ? $"{title} {EntryFields.Date(entry.PublishedAt?.ToUniversalTime())}".TrimEnd() : null,
        _ => null,
    };

    /// <summary>The address of an entry's page; the site's own when it has none.</summary>
    internal static Uri Url(Entry entry, Uri home) =>
        CanonicalUrl.Web(entry.Url, home)
        ?? CanonicalUrl.Web(entry.Id)
        ?? CanonicalUrl.Web(entry.ExternalUrl, home)
        ?? (entry.Attachments.Count > 0 ? CanonicalUrl.Web(entry.Attachments[0].Url, home) : null)
        ?? home;

    // Which keys have come with more than one value.
    private sealed class Sharing(int capacity)
    {
        private readonly Dictionary<string, string?> values = new(capacity);

        public void Note(string key, string value)
        {
            if (!values.TryAdd(key, value) && values[key] != value)
                values[key] = null;
        }

        public bool Has(string key) => values[key] is null;
    }
}
