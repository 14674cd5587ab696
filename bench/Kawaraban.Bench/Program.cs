using Kawaraban.Bench;
using Kawaraban.Bench.Crawling;
using Kawaraban.Bench.Enduring;
using Kawaraban.Bench.Origin;
using Kawaraban.Bench.Parsing;
using Kawaraban.Bench.Recipes;
using Kawaraban.Bench.Searching;
using Kawaraban.Bench.Twins;

var call = Call.From(args);
return call.Verb switch
{
    "parse" => ParseBench.Run(call),
    "crawl" => await CrawlBench.Run(call),
    "recipes" => RecipeBench.Run(call),
    "grow" => await GrowthBench.Run(call),
    "endure" => await EnduranceBench.Run(call),
    "search" => await SearchBench.Run(call),
    "twins" => await TwinBench.Run(call),
    "origin" => await OriginCommand.Run(call),
    "synthetic-origin" => await OriginCommand.RunSynthetic(call),
    "fetch" => await FetchReference.Run(call),
    _ => Call.Explain(),
};
