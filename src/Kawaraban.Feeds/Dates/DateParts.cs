namespace Kawaraban.Feeds.Dates;

/// <summary>Which half of the day an hour of up to twelve is in.</summary>
internal enum HalfDay
{
    Unsaid,
    Morning,
    Afternoon,
}

/// <summary>What has been read of a date so far. Zero is what has not been read.</summary>
internal struct DateParts
{
    /// <summary>The year, month and day where the form of the text says which is which.</summary>
    public int Year;
    public int Month;
    public int Day;

    /// <summary>Three numbers parted alike, whose order the form alone does not say.</summary>
    public NumericTriple? Triple;

    /// <summary>Numbers beside the name of a month: the day and the year, in either order.</summary>
    public Number FirstLoose;
    public Number SecondLoose;
    public int LooseCount;

    /// <summary>A month, unless it turns out to be a weekday: "mar." is both in French, "paz" October in Polish and Sunday in
    /// Turkish.</summary>
    public int MonthOrWeekday;

    public DayOfWeek? Weekday;

    public bool HasClock;
    public int Hour;
    public int Minute;
    public int Second;
    public long Fraction;
    public HalfDay HalfDay;

    /// <summary>The offset from UTC that the text names.</summary>
    public TimeSpan? Offset;

    /// <summary>Whether a zone was named, known or not.</summary>
    public bool NamesZone;

    /// <summary>Whether the time is written as in the United States, with a zone of theirs or the hours of half a day.</summary>
    public bool IsAmerican;

    /// <summary>The offset of the country that alone writes like this, and of the one that does so most.</summary>
    public TimeSpan? CountryOffset;
    public TimeSpan? LikelyCountryOffset;

    /// <summary>The year before the first of an era, once an era is named.</summary>
    public int EraStart;

    /// <summary>The instant itself, in milliseconds of Unix.</summary>
    public long? UnixMilliseconds;

    /// <summary>Whether a whole date has been read, so that digits that follow can only be a time.</summary>
    public readonly bool HasDate =>
        Year > 0 && Day > 0 || Triple is not null || LooseCount == 2 && (Month > 0 || MonthOrWeekday > 0);

    /// <summary>Takes a number that is a day or a year.</summary>
    public bool AddLoose(Number number)
    {
        if (number.Digits > 4 || LooseCount == 2)
            return false;
        if (LooseCount++ == 0)
            FirstLoose = number;
        else
            SecondLoose = number;
        return true;
    }

    /// <summary>Takes the day that a form of one reading names, whether or not it exists.</summary>
    public bool SetDate(long year, long month, long day)
    {
        if (Year > 0 || Month > 0 || Day > 0 || Triple is not null || year is < 1 or > 9999 || month is < 1 or > 12 || day is < 1 or > 31)
            return false;
        (Year, Month, Day) = ((int)year, (int)month, (int)day);
        return true;
    }

    /// <summary>Takes the name of a month.</summary>
    public bool SetMonth(long month)
    {
        if (Month > 0 || Triple is not null || month is < 1 or > 12)
            return false;
        Month = (int)month;
        return true;
    }

    /// <summary>Takes a time.</summary>
    public bool SetClock(long hour, long minute, long second, long fraction = 0)
    {
        if (HasClock || hour > 24 || minute > 59 || second > 60)
            return false;
        HasClock = true;
        (Hour, Minute, Second, Fraction) = ((int)hour, (int)minute, (int)second, fraction);
        return true;
    }
}
