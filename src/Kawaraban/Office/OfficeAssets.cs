using Kawaraban.Portal;

namespace Kawaraban.Office;

/// <summary>The style sheet and the script of the office.</summary>
internal static class OfficeAssets
{
    /// <summary>The style sheet.</summary>
    public static Asset Style { get; } = Assets.Read("Kawaraban.Office.Assets.", "office.css", "text/css; charset=utf-8");

    /// <summary>What makes pages nicer; all of them work without.</summary>
    public static Asset Script { get; } = Assets.Read("Kawaraban.Office.Assets.", "office.js", "text/javascript; charset=utf-8");

    /// <summary>Maps them. They tell nothing and are open to all.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        foreach (var asset in (Asset[])[Style, Script])
        {
            routes.MapMethods(asset.Path, [HttpMethods.Get, HttpMethods.Head], context =>
            {
                context.Response.Headers.CacheControl = Assets.ForEver;
                context.Response.Headers.XContentTypeOptions = "nosniff";
                context.Response.ContentType = asset.ContentType;
                context.Response.ContentLength = asset.Bytes.Length;
                return HttpMethods.IsHead(context.Request.Method)
                    ? Task.CompletedTask
                    : context.Response.Body.WriteAsync(asset.Bytes, context.RequestAborted).AsTask();
            }).AllowAnonymous();
        }
    }
}
