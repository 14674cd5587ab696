namespace Kawaraban.Feeds.Dates;

/// <summary>The months in the languages that feeds are written in, full, short and inflected, with accents dropped.</summary>
/// <remarks>
/// English, German, French, Spanish, Portuguese, Italian, Dutch, Danish, Norwegian and Swedish, Polish, Czech, Hungarian, Romanian,
/// Turkish, Indonesian, Greek, Russian, Ukrainian. Where two languages disagree the larger one counts: <c>listopad</c> is November in
/// Polish and Czech, October in Croatian.
/// </remarks>
internal static class MonthNames
{
    private static readonly Names s_names = new(
        1,
        "january jan januar janner jaenner janvier janv enero ene janeiro gennaio gen januari styczen stycznia sty leden ledna "
            + "ianuarie ian ocak oca "
            + "ιανουαριοσ ιανουαριου ιαν январь января янв січень січня січ",
        "february feb februar febr fevrier fevr fev febrero fevereiro febbraio februari luty lutego lut unor unora februarie subat "
            + "sub pebruari "
            + "φεβρουαριοσ φεβρουαριου φεβ февраль февраля фев февр лютии лютого лют",
        "march mar marz maerz mrz mars marzo marco maart mrt marts marzec marca brezen brezna marcius marc martie mart maret "
            + "μαρτιοσ μαρτιου μαρ март марта мар березень березня бер",
        "april apr avril avr abril abr aprile kwiecien kwietnia kwi duben dubna aprilis aprilie nisan nis απριλιοσ απριλιου απρ "
            + "апрель апреля апр квітень квітня кві",
        "may mai mayo maio maggio mag mei maj maja kveten kvetna majus maujus mayis μαιοσ μαιου μαι маи мая травень травня тра",
        "june jun juni juin junio junho giugno giu czerwiec czerwca cze cerven cervna junius iunie iun haziran haz ιουνιοσ ιουνιου ιουν "
            + "июнь июня июн червень червня чер",
        "july jul juli juillet juil julio julho luglio lug lipiec lipca lip cervenec cervence julius iulie iul temmuz tem ιουλιοσ "
            + "ιουλιου ιουλ "
            + "июль июля июл липень липня лип",
        "august aug aout agosto ago augustus augusti sierpien sierpnia sie srpen srpna augusztus agustos agu agustus αυγουστοσ "
            + "αυγουστου αυγ "
            + "август августа авг серпень серпня сер",
        "september sept sep septembre septiembre setiembre setembro set settembre wrzesien wrzesnia wrz zari szeptember szept sze "
            + "septembrie eylul eyl "
            + "σεπτεμβριοσ σεπτεμβριου σεπ σεπτ сентябрь сентября сен сент вересень вересня вер",
        "october oct oktober okt octobre octubre outubro out ottobre ott pazdziernik pazdziernika paz rijen rijna oktobre octombrie "
            + "ekim eki "
            + "οκτωβριοσ οκτωβριου οκτ октябрь октября окт жовтень жовтня жов",
        "november nov novembre noviembre novembro listopad listopada lis noiembrie noi kasim kas nopember νοεμβριοσ νοεμβριου νοε "
            + "ноябрь ноября ноя нояб листопад листопада лис",
        "december dec dezember dez decembre diciembre dic dezembro dicembre desember des grudzien grudnia gru prosinec prosince "
            + "decembrie aralik ara "
            + "δεκεμβριοσ δεκεμβριου δεκ декабрь декабря дек грудень грудня гру");

    /// <summary>All the words, for tests that none means two things.</summary>
    public static IReadOnlyCollection<string> Words => s_names.Words;

    /// <summary>The month, 1 to 12, that a folded word names.</summary>
    public static bool TryFind(ReadOnlySpan<char> word, out int month) => s_names.TryFind(word, out month);
}
