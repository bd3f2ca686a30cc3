using Bellhop.Features.Channels;

namespace Bellhop.Features.Demo;

/// <summary>The conversations of the demo: what its guests wrote in the last days, and what staff answered.</summary>
internal static class DemoChats
{
    /// <summary>Who said a line: the guest, a member of the team by first name, staff on the phone's own app, or staff to staff.</summary>
    public enum By
    {
        Guest,
        Staff,
        Phone,
        Note,
    }

    /// <param name="Ago">Minutes before now.</param>
    public sealed record Line(int Ago, By By, string Text, DemoEnd End = DemoEnd.Usual, bool Answers = false);

    /// <summary>What became of a message of ours.</summary>
    public enum DemoEnd
    {
        Usual,
        Delivered,
        Failed,
        Unknown,
    }

    /// <param name="House">The demo's property.</param>
    /// <param name="Phones">The beginning of the number of a guest of the demo who is around now; null for somebody new.</param>
    /// <param name="Name">The name of somebody new.</param>
    /// <param name="Has">Who has the conversation, by first name.</param>
    /// <param name="Then">Closed or snoozed afterwards.</param>
    public sealed record Chat(
        AccountKind Channel,
        DemoProperty House,
        string? Phones,
        string? Name,
        string? Has,
        ThenWhat Then,
        params Line[] Lines
    );

    public enum ThenWhat
    {
        Open,
        Snoozed,
        Closed,
        Blocked,
    }

    private const int Hour = 60;
    private const int Day = 24 * Hour;

    public static IReadOnlyList<Chat> All { get; } =
    [
        new(
            AccountKind.WhatsApp,
            DemoProperty.Hostel,
            "+4",
            null,
            "Rita",
            ThenWhat.Open,
            new(Day + 640, By.Guest, "Hi! We land at 23:40 tonight, can we still check in? ✈️"),
            new(Day + 632, By.Staff, "Yes, the desk is open all night. You are in the six-bed dorm, the lower bunk by the window. 🛏️"),
            new(Day + 40, By.Note, "Deposit paid in cash, the receipt is in the drawer. Please add it to the booking."),
            new(52, By.Guest, "The shower drips all night 😅 and could I have the invoice for my company, please?"),
            new(47, By.Staff, "Sorry about that! Bruno looks at it at eleven.", DemoEnd.Delivered, Answers: true),
            new(43, By.Staff, "Your invoice: LX-20931, €186.00, paid by card.", DemoEnd.Failed),
            new(41, By.Staff, "It is on its way, one moment.", DemoEnd.Unknown)
        ),
        new(
            AccountKind.WhatsApp,
            DemoProperty.Hostel,
            null,
            "شهد القحطاني",
            null,
            ThenWhat.Open,
            new(1395, By.Guest, "السلام عليكم، حجزنا غرفة خاصة من الغد."),
            new(1390, By.Phone, "أهلًا وسهلًا! نراكم غدًا 🧡"),
            new(21, By.Guest, "هل يمكن تسجيل الوصول المبكر غدًا؟ 🙏"),
            new(19, By.Guest, "رحلتنا تصل الساعة 9:30 (TP 1234)")
        ),
        new(
            AccountKind.Instagram,
            DemoProperty.Hostel,
            null,
            "ณัฐธิดา วงศ์สุวรรณ์",
            "Ana",
            ThenWhat.Open,
            new(3 * Hour, By.Guest, "สวัสดีค่ะ มีที่จอดรถมอเตอร์ไซค์ไหมคะ"),
            new(170, By.Staff, "มีค่ะ ที่ลานด้านหลัง ฟรีสำหรับผู้เข้าพัก"),
            new(36, By.Guest, "ขอบคุณค่ะ พรุ่งนี้จะไปถึงประมาณเที่ยง 🛵")
        ),
        new(
            AccountKind.Messenger,
            DemoProperty.Hostel,
            null,
            "Aurélie Vasseur",
            null,
            ThenWhat.Open,
            new(
                4 * Hour,
                By.Guest,
                "Bonjour, est-ce que cette adresse est la bonne pour vous trouver ? https://www.openstreetmap.org/?mlat=38.711&mlon=-9.139"
            ),
            new(238, By.Guest, "Nous serons quatre, dont un bébé.")
        ),
        new(
            AccountKind.Instagram,
            DemoProperty.Hostel,
            null,
            "Lucía Ferrán 🌊",
            null,
            ThenWhat.Open,
            new Line(68, By.Guest, "¡Hola! Vi vuestro anuncio de clases de surf. ¿Quedan camas del 12 al 15?")
        ),
        new(
            AccountKind.Telegram,
            DemoProperty.Hotel,
            null,
            "Krzysztof Brzęczyszczykiewicz-Wójcik",
            "Tereza",
            ThenWhat.Open,
            new(97, By.Guest, "Hello, from when is breakfast? And is there a tram from the station?"),
            new(
                92,
                By.Staff,
                "Breakfast is from 7:30 to 10:30. Tram 9 brings you here in twelve minutes, stop “Lazarská”.",
                DemoEnd.Delivered
            ),
            new(90, By.Guest, "Perfect, dziękuję!"),
            new(88, By.Staff, "See you tonight 🙂")
        ),
        new(
            AccountKind.WhatsApp,
            DemoProperty.Hotel,
            "+420",
            null,
            "Tereza",
            ThenWhat.Open,
            new(9 * Hour, By.Guest, "Dobrý den, zapomněl jsem u vás nabíječku. Pokoj se zeleným kobercem."),
            new(7 * Hour, By.Note, "Found by housekeeping, it is in the safe.")
        ),
        new(
            AccountKind.WhatsApp,
            DemoProperty.Hostel,
            "+3",
            null,
            "Rita",
            ThenWhat.Snoozed,
            new(5 * Hour, By.Guest, "We come back from Sintra late, could you keep our bags until nine?"),
            new(4 * Hour, By.Staff, "Of course. They are behind the desk.")
        ),
        new(
            AccountKind.WhatsApp,
            DemoProperty.Hotel,
            null,
            "李 明",
            "Tereza",
            ThenWhat.Open,
            new((2 * Day) + 120, By.Guest, "你好，可以寄存行李吗？"),
            new((2 * Day) + 90, By.Staff, "您好！可以的，入住前和退房后都免费。"),
            new((2 * Day) + 80, By.Guest, "谢谢！我们周六到。"),
            new((2 * Day) + 78, By.Staff, "期待您的光临！", DemoEnd.Delivered)
        ),
        new(
            AccountKind.Messenger,
            DemoProperty.Hotel,
            null,
            "Jürgen Groß",
            "Tereza",
            ThenWhat.Closed,
            new((3 * Day) + 60, By.Guest, "Guten Tag, brauchen Sie meine Kreditkarte schon vor der Anreise?"),
            new((3 * Day) + 20, By.Staff, "Guten Tag! Nein, Sie zahlen bei der Abreise."),
            new(3 * Day, By.Guest, "Wunderbar, danke.")
        ),
        new(
            AccountKind.Telegram,
            DemoProperty.Hotel,
            null,
            "עדי לוי",
            null,
            ThenWhat.Closed,
            new(4 * Day, By.Guest, "שלום, האם החדר פונה לחצר? (room 31)"),
            new((4 * Day) - 15, By.Staff, "שלום! כן, החדר שקט ופונה לחצר.")
        ),
        new(
            AccountKind.Instagram,
            DemoProperty.Hostel,
            null,
            "followers_4_you",
            null,
            ThenWhat.Blocked,
            new Line(5 * Day, By.Guest, "10k followers for 5 $!!! http://followers.example/now")
        ),
    ];
}
