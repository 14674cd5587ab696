var builder = WebApplication.CreateSlimBuilder(args);
var app = builder.Build();
app.MapGet("/livez", () => "ok");
app.Run();
