// Dapper's calls become plain ADO.NET code at compile time: a native executable has no code generator at run time.
[module: Dapper.DapperAot]
