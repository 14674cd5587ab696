using Kawaraban.Bench;
using Kawaraban.Bench.Crawling;
using Kawaraban.Bench.Origin;
using Kawaraban.Bench.Parsing;

var call = Call.From(args);
return call.Verb switch
{
    "parse" => ParseBench.Run(call),
    "crawl" => await CrawlBench.Run(call),
    "origin" => await OriginCommand.Run(call),
    "synthetic-origin" => await OriginCommand.RunSynthetic(call),
    "fetch" => await FetchReference.Run(call),
    _ => Call.Explain(),
};
