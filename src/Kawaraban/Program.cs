using Kawaraban.Commands;

return await CommandLine.Run(args);
