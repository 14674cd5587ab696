using System.IO.Pipelines;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using RazorSlices;

namespace Kawaraban.Portal;

/// <summary>Prints pages.</summary>
internal static class Press
{
    // The framework's own encoder writes everything but Latin as numbers, which doubles a Japanese page.
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    // A listing of thirty posts is some 50 KB.
    private const int LikelySize = 64 * 1024;

    /// <summary>Renders a page.</summary>
    public static async Task<Reply> Print(RazorSlice page, CancellationToken cancellation)
    {
        using (page)
        {
            using var output = new MemoryStream(LikelySize);
            var pipe = PipeWriter.Create(output, new StreamPipeWriterOptions(minimumBufferSize: 16 * 1024, leaveOpen: true));
            await page.RenderAsync(pipe, Encoder, cancellation);
            await pipe.CompleteAsync();
            return new Reply(Reply.Html, output.ToArray());
        }
    }
}
