namespace Kawaraban.Office;

/// <summary>The pages of an operator's day: what they need, and where they stand.</summary>
internal static class OperatorPages
{
    /// <summary>Adds them. Beside what the office needs they want the tables and the previews of recipes, the finder of feeds, the listings and the work that takes long.</summary>
    public static void AddOperatorPages(this IServiceCollection services)
    {
        services.AddSingleton<PreviewDocuments>();
        services.AddSingleton<RecipeEditorPages>();
        services.AddSingleton<RecipeHistoryPages>();
        services.AddSingleton<SamplePages>();
        services.AddSingleton<RequestPages>();
        services.AddSingleton<PublisherNotesPages>();
        services.AddSingleton<AddBlogPages>();
        services.AddSingleton<ListPages>();
        services.AddSingleton<CompanyPages>();
        services.AddSingleton<TagPages>();
        services.AddSingleton<PostsPages>();
        services.AddSingleton<JobPages>();
    }

    /// <summary>Maps them.</summary>
    public static void Map(IServiceProvider services, OfficeRoutes office)
    {
        services.GetRequiredService<RecipeEditorPages>().Map(office);
        services.GetRequiredService<RecipeHistoryPages>().Map(office);
        services.GetRequiredService<SamplePages>().Map(office);
        services.GetRequiredService<RequestPages>().Map(office);
        services.GetRequiredService<PublisherNotesPages>().Map(office);
        services.GetRequiredService<AddBlogPages>().Map(office);
        services.GetRequiredService<ListPages>().Map(office);
        services.GetRequiredService<CompanyPages>().Map(office);
        services.GetRequiredService<TagPages>().Map(office);
        services.GetRequiredService<PostsPages>().Map(office);
        services.GetRequiredService<JobPages>().Map(office);
    }
}
