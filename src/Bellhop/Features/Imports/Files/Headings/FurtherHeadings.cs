namespace Bellhop.Features.Imports.Files;

/// <summary>
/// Headings of files in further languages: Dutch, Swedish, Danish, Norwegian, Finnish, Polish, Czech, Slovak, Croatian, Slovene, Hungarian,
/// Romanian, Turkish, Greek, Russian, Ukrainian, Bulgarian, Hebrew, Indonesian, Vietnamese, Thai, Chinese, Japanese and Korean. They count
/// after the names that the fields themselves declare. Case, accents and signs make no difference.
/// </summary>
internal static class FurtherHeadings
{
    /// <summary>Whole names, or a given name where only the family name has a column beside it: "Jméno, Příjmení".</summary>
    public const string Names =
        "naam|volledige naam|voornaam achternaam|voornaam en achternaam|"
        + "naam gast|naam van de gast|gastnaam|namn|fullständigt namn|gästens namn|gästnamn|navn|fulde navn|fullt navn|"
        + "gæstens navn|gjestens navn|nimi|koko nimi|imię i nazwisko|nazwisko i imię|nazwa|gość|imię i nazwisko gościa|jméno|"
        + "jméno a příjmení|příjmení a jméno|celé jméno|jméno hosta|meno|meno a priezvisko|meno hosťa|ime|ime i prezime|ime in priimek|"
        + "ime gosta|név|teljes név|vendég neve|nume|nume complet|nume și prenume|isim|ad soyad|adı soyadı|"
        + "misafir adı|όνομα|ονοματεπώνυμο|"
        + "имя|фио|полное имя|имя и фамилия|фамилия и имя|имя гостя|ім'я|піб|ім'я та прізвище|име|име и фамилия|שם|שם מלא|שם האורח|nama|"
        + "nama lengkap|nama tamu|họ tên|họ và tên|ชื่อนามสกุล|ชื่อ|姓名|名字|客人姓名|住客姓名|名前|お名前|氏名|宿泊者名|宿泊者氏名|お客様名|이름|"
        + "성명|고객명|투숙객명|투숙객 이름";

    public const string Given =
        "voornaam|voornamen|roepnaam|förnamn|fornavn|etunimi|imię|imiona|křestní jméno|krstné meno|keresztnév|utónév|prenume|ad|adı|"
        + "власне ім'я|שם פרטי|nama depan|名";

    public const string Middle = "tussenvoegsel|tussenvoegsels|mellannamn|mellemnavn|mellomnavn|drugie imię|отчество|по батькові";

    public const string Family =
        "achternaam|familienaam|efternamn|efternavn|etternavn|sukunimi|nazwisko|příjmení|priezvisko|prezime|priimek|vezetéknév|családnév|"
        + "soyad|soyadı|soyisim|επώνυμο|επίθετο|фамилия|прізвище|שם משפחה|nama belakang|นามสกุล|姓|姓氏|苗字|성|성씨";

    public const string Mobiles =
        "mobiel|mobiele telefoon|mobiele nummer|mobiel nummer|mobiel telefoonnummer|gsm|gsm nummer|mobiltelefonnummer|"
        + "mobilnr|matkapuhelin|"
        + "matkapuhelinnumero|kännykkä|telefon komórkowy|numer komórki|komórka|tel kom|mobilní telefon|mobilní číslo|"
        + "mobilný telefón|mobitel|"
        + "broj mobitela|mobiltelefonszám|telefon mobil|cep telefonu|cep tel|κινητό|κινητό τηλέφωνο|мобильный|мобильный телефон|"
        + "моб телефон|сотовый|сотовый телефон|мобільний|мобільний телефон|мобилен телефон|נייד|טלפון נייד|מספר נייד|ponsel|hp|no hp|"
        + "nomor hp|di động|มือถือ|เบอร์มือถือ|手机|手机号|手机号码|手機|手機號碼|携帯|携帯電話|携帯番号|携帯電話番号|휴대폰|휴대폰번호|휴대전화|휴대전화번호|"
        + "핸드폰";

    public const string Phones =
        "telefoon|telefoonnummer|telefoonnr|tlf|tlf nr|puhelin|puhelinnumero|numer telefonu|nr telefonu|telefonní číslo|číslo telefonu|"
        + "telefónne číslo|telefón|broj telefona|telefonska številka|telefonszám|număr de telefon|numar telefon|"
        + "telefon numarası|telefon no|"
        + "τηλέφωνο|αριθμός τηλεφώνου|телефон|номер телефона|контактный телефон|номер телефону|телефонен номер|טלפון|מספר טלפון|telepon|"
        + "nomor telepon|no telepon|số điện thoại|điện thoại|sđt|โทรศัพท์|เบอร์โทร|เบอร์โทรศัพท์|หมายเลขโทรศัพท์|电话|电话号码|联系电话|電話|"
        + "電話號碼|聯絡電話|電話番号|お電話番号|전화|전화번호|연락처";

    public const string Emails =
        "emailadres|e post|e postadress|e postadresse|epost|sähköposti|sähköpostiosoite|adres email|adres poczty elektronicznej|"
        + "emailová adresa|e mailová adresa|adresa elektronické pošty|emailcím|e mail cím|adresă de email|"
        + "adresa email|eposta|eposta adresi|"
        + "ηλεκτρονικό ταχυδρομείο|электронная почта|адрес электронной почты|эл почта|почта|имейл|електронна пошта|"
        + "електронна поща|эл адрес|"
        + "דואר אלקטרוני|אימייל|מייל|דואל|surel|alamat email|địa chỉ email|อีเมล|อีเมล์|邮箱|电子邮箱|电子邮件|邮件|電子郵件|電郵|メール|メールアドレス|"
        + "eメール|電子メール|이메일|이메일 주소|메일";

    public const string Countries =
        "maa|kraj|země|krajina|država|ország|țară|ülke|χώρα|страна|країна|държава|מדינה|ארץ|negara|quốc gia|ประเทศ|国家|国家地区|國家|国|"
        + "국가|land van herkomst";

    public const string Companies =
        "bedrijf|bedrijfsnaam|företag|virksomhed|bedrift|yritys|nazwa firmy|společnost|spoločnosť|tvrtka|podjetje|cég|"
        + "cégnév|companie|şirket|"
        + "firma adı|εταιρεία|компания|организация|компанія|фирма|חברה|perusahaan|công ty|บริษัท|公司|公司名称|公司名稱|会社|会社名|회사|회사명|"
        + "boeker|予約者名|예약자명";

    public const string Tags =
        "categorieën|categorie|kategorier|kategorije|kategóriák|категории|"
        + "etiketten|etiketter|tagi|etykiety|štítky|címkék|etiketler|ετικέτες|теги|метки|תגיות|标签|標籤|タグ|태그";
}
