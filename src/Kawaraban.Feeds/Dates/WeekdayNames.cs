namespace Kawaraban.Feeds.Dates;

/// <summary>The days of the week in the languages of <see cref="MonthNames"/>. They are noise in a date, except where they settle which of
/// 11/12 is the month.</summary>
internal static class WeekdayNames
{
    private static readonly Names s_names = new(
        (int)DayOfWeek.Sunday,
        "sunday sun sonntag so dimanche dim domingo dom domenica zondag zon zo sondag son niedziela niedz nie nd ndz nedele ne "
            + "vasarnap vas duminica dum pazar paz minggu "
            + "κυριακη κυρ воскресенье вс вск неділя нд",
        "monday mon montag mo lundi lun lunes segunda seg lunedi maandag maa ma mandag man poniedzialek pon pondeli po hetfo het "
            + "luni pazartesi pzt senin sen "
            + "δευτερα δευ понедельник пн пон понеділок",
        "tuesday tue tues dienstag di die mardi mar martes terca ter martedi dinsdag din tirsdag tir tisdag tis wtorek wt wto utery "
            + "kedd ked marti sali sal selasa "
            + "τριτη τρι вторник вт втр вівторок",
        "wednesday wed weds mittwoch mi mit mercredi mer miercoles mie quarta qua mercoledi woensdag woe wo onsdag ons sroda sr sro "
            + "streda szerda miercuri "
            + "carsamba car rabu τεταρτη τετ среда ср срд середа",
        "thursday thu thur thurs donnerstag do don jeudi jeu jueves jue quinta qui giovedi gio donderdag torsdag tor czwartek czw "
            + "ctvrtek csutortok csu joi "
            + "persembe per kamis πεμπτη πεμ четверг чт чтв четвер",
        "friday fri freitag fr fre vendredi ven viernes vie sexta sex venerdi vrijdag vri vr fredag piatek pt pia patek pa pentek "
            + "pen vineri vin cuma cum jumat "
            + "παρασκευη παρ пятница пт птн",
        "saturday sat samstag sonnabend sa sam samedi sabado sab sabato zaterdag zat za lordag lor sobota sob szombat szo sambata "
            + "cumartesi cmt sabtu "
            + "σαββατο σαβ суббота сб суб субота");

    /// <summary>All the words, for tests that none means two things.</summary>
    public static IReadOnlyCollection<string> Words => s_names.Words;

    /// <summary>The weekday that a folded word names.</summary>
    public static bool TryFind(ReadOnlySpan<char> word, out DayOfWeek weekday)
    {
        var isFound = s_names.TryFind(word, out var number);
        weekday = (DayOfWeek)number;
        return isFound;
    }
}
