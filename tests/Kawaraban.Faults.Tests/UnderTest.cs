namespace Kawaraban.Faults.Tests;

/// <summary>The program as a person runs it.</summary>
internal static class UnderTest
{
    /// <summary>Where it is; EXECUTABLE_UNDER_TEST names another one, such as the native one.</summary>
    public static string Program { get; } =
        Environment.GetEnvironmentVariable("EXECUTABLE_UNDER_TEST") ?? Path.Combine(AppContext.BaseDirectory, "kawaraban");
}
