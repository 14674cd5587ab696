namespace Kawaraban.Scheduling;

/// <summary>An order that we have failed again and again by trouble of our own; its source waits until a person has decided.</summary>
/// <param name="SourceId">The source.</param>
/// <param name="Title">What it is called.</param>
/// <param name="Url">Its address.</param>
/// <param name="FirstAt">The first of the failures.</param>
/// <param name="LastAt">The last.</param>
/// <param name="Attempts">How many in a row.</param>
/// <param name="Error">What went wrong, for a person.</param>
/// <param name="Detail">The same for who mends it: the error with its stack.</param>
public sealed record DeadLetter(
    long SourceId, string Title, string Url, DateTimeOffset FirstAt, DateTimeOffset LastAt, int Attempts, string Error, string? Detail);
