using System.CommandLine;

namespace Kawaraban.Commands;

/// <summary><c>kawaraban sources</c>: what is gathered.</summary>
public static class SourcesCommand
{
    /// <summary>Describes the verb and those under it.</summary>
    public static Command Create() => new("sources", "Manage what is gathered.")
    {
        SourcesAddCommand.Create(),
        SourcesCheckCommand.Create(),
        SourcesListCommand.Create(),
        SourcesShowCommand.Create(),
        SourcesScheduleCommand.Create(),
        SourcesStatusCommands.Pause(),
        SourcesStatusCommands.Resume(),
        SourcesAdoptCommand.Create(),
        SourcesRequestCommand.Create(),
        SourcesImportCommand.Create(),
        SourcesExportCommand.Create(),
    };
}
