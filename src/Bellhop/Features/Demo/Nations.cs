namespace Bellhop.Features.Demo;

/// <summary>The nations of the demo's guests, with roughly the real shares in Lisbon and Prague.</summary>
internal static class Nations
{
    public static IReadOnlyList<Nation> All { get; } =
    [
        new(
            "PT",
            90,
            12,
            "+35191234####",
            "Inês Rita Mariana Beatriz Leonor Carolina Joana Tiago Rui Diogo Gonçalo Duarte Nuno Vasco Filipa Marta",
            "Figueiredo Simões Tavares Pinto Lourenço Brandão Sequeira Vilar Matos Antunes Borges Coelho Morais Queirós",
            NameOrder.TwoFamilies
        ),
        new(
            "ES",
            95,
            45,
            "+3461234####",
            "Lucía Nerea Itziar Alba Marina Carmen Sergio Iker Jordi Álvaro Xavi Rubén Aitana Noelia Gonzalo Unai",
            "Serrano Ibáñez Vidal Campos Rovira Etxeberria Navarro Gallego Molina Cabrera Ferrer Otero Bravo Soler",
            NameOrder.TwoFamilies
        ),
        new(
            "FR",
            85,
            50,
            "+3361234####",
            "Manon Camille Léa Élodie Margaux Océane Inès Théo Hugo Antoine Mathis Loïc Bastien Rémi Aurélie Noémie",
            "Chevalier Marchand Rousset Delaunay Perrin Barbier Gauthier Lemoine Vasseur Carpentier Faure Blanchet Jacquet"
        ),
        new(
            "DE",
            90,
            110,
            "+49151234#####",
            "Lena Hannah Jonas Felix Katharina Sophie Lukas Maximilian Annika Jürgen Birgit Torsten Franziska Moritz Antje Svenja",
            "Krüger Brandt Lindner Vogel Seidel Winkler Kühn Böhm Pfeiffer Sommer Hartmann Jäger Engel Reuter Weiß"
        ),
        new(
            "GB",
            80,
            75,
            "+44740012####",
            "Oliver Harry Amelia Isla Callum Rhys Freya Poppy Alfie Imogen Gareth Niamh Hamish Bethan Jasmine Dominic",
            "Whitaker Pemberton Hughes Sinclair Ashworth Bradley Lockwood MacLeod Thornton Fletcher Okafor Chaudhry Penrose Griffiths"
        ),
        new(
            "IT",
            70,
            60,
            "+39312345####",
            "Chiara Giulia Martina Alessia Lorenzo Matteo Davide Niccolò Elisa Federica Gabriele Simone Ilaria Edoardo",
            "Ferrara Galli Marchetti Rinaldi Caruso Fontana Bellini Sartori Moretti Pellegrini Vitale D'Angelo De_Santis"
        ),
        new(
            "US",
            75,
            70,
            "+121255501##|+141555501##|+161755501##|+130355501##|+120655501##|+151255501##|+177355501##|+150355501##",
            "Madison Tyler Brooke Ethan Savannah Logan Chloe Jayden Maria Carlos Kiana Marcus Paige Dylan Priya Owen",
            "Hollister Reyes Bennett Castillo Nakamura Whitman Delgado Foster Huang O'Connell McAllister Jefferson Lindqvist Patel"
        ),
        new(
            "CA",
            30,
            18,
            "+141655501##|+160455501##|+151455501##",
            "Mackenzie Liam Océanne Gabriel Sierra Nolan Élise Justin Avery Samir",
            "Tremblay Gagnon Campbell Fraser Bouchard Singh Leung Pelletier Morrison"
        ),
        new(
            "BR",
            80,
            15,
            "+55119612#####",
            "Larissa Thiago Rafael Bruna Letícia Vinícius Juliana Caio Fernanda Rodrigo Camila Gustavo Luana Igor",
            "Cavalcanti Nogueira Teles Barreto Monteiro Azevedo Siqueira Fontes Peixoto Prado Araújo",
            NameOrder.TwoFamilies
        ),
        new(
            "NL",
            40,
            40,
            "+3161234####",
            "Sanne Daan Femke Bram Lotte Sander Anouk Thijs Marieke Joris Esmée Ruben",
            "van_der_Meer Bakker de_Boer Visser Smeets van_Dijk Hoekstra Kuipers Dekker Postma"
        ),
        new(
            "PL",
            25,
            70,
            "+4851234####",
            "Zofia Julia Aleksandra Kacper Wojciech Agnieszka Michał Łukasz Małgorzata Grzegorz Kinga Paweł",
            "Wróbel Zając Król Dąbek Sikora Pawlak Michalczyk Górska Lis Szczepaniak Błaszczyk"
        ),
        new(
            "CZ",
            10,
            60,
            "+42060112####",
            "Tereza Adéla Kateřina Jakub Ondřej Vojtěch Barbora Štěpán Zuzana Matěj Lenka Tomáš",
            "Horák Dvořáček Beneš Říha Šimek Kolář Bartoš Žáček Vávra Sýkora"
        ),
        new(
            "SK",
            5,
            35,
            "+42191212####",
            "Katarína Marek Zuzana Ľuboš Dominika Peter Soňa Matúš",
            "Kováčik Hudák Lukáč Šoltés Baláž Ďurica Polák"
        ),
        new(
            "AT",
            15,
            45,
            "+4366412####",
            "Magdalena Florian Theresa Stefan Veronika Clemens Johanna Dominik",
            "Gruber Pichler Steiner Hofbauer Leitner Egger Mayrhofer"
        ),
        new(
            "CH",
            25,
            30,
            "+4178123####",
            "Nadine Reto Céline Urs Selina Beat Aline Fabio",
            "Zürcher Ammann Brunner Rochat Gerber Bianchi Aebischer"
        ),
        new(
            "IE",
            25,
            18,
            "+35385012####",
            "Aoife Ciarán Saoirse Oisín Gráinne Eoin Sinéad Donal",
            "O'Shea Gallagher Byrne Ní_Dhomhnaill Fitzgerald Kavanagh Brennan"
        ),
        new(
            "SE",
            22,
            25,
            "+4670123####",
            "Ebba Gustav Maja Linnea Albin Åsa Örjan Wilma",
            "Sandberg Åkesson Holmqvist Björk Nyström Lundgren Öberg"
        ),
        new(
            "DK",
            15,
            20,
            "+453212####",
            "Freja Mads Signe Rasmus Ida Søren Astrid Kasper",
            "Thomsen Kjær Østergaard Bruun Mølgaard Frandsen"
        ),
        new("NO", 12, 14, "+4740612###", "Ingrid Sindre Tuva Håkon Solveig Eirik Marte", "Haugland Strømme Bakke Lie Solheim Ødegård"),
        new(
            "UA",
            20,
            35,
            "+38050123####",
            "Оксана/oksana Тарас/taras Соломія/solomiia Богдан/bohdan Ганна/hanna Андрій/andrii Юлія/yuliia Остап/ostap",
            "Мельник/melnyk Шевчук/shevchuk Коваленко/kovalenko Гриценко/hrytsenko Лисенко/lysenko Бойчук/boichuk"
        ),
        new(
            "BG",
            6,
            12,
            "+35987812####",
            "Десислава/desislava Калоян/kaloyan Ралица/ralitsa Ивайло/ivaylo Цветелина/tsvetelina",
            "Стоянов/stoyanov Димитрова/dimitrova Колев/kolev Ангелова/angelova"
        ),
        new(
            "GR",
            12,
            14,
            "+3069123#####",
            "Ελένη/eleni Γιώργος/giorgos Δήμητρα/dimitra Νίκος/nikos Κατερίνα/katerina Στέλιος/stelios",
            "Παππάς/pappas Νικολάου/nikolaou Αλεξίου/alexiou Καραγιάννη/karagianni Βλάχος/vlachos"
        ),
        new(
            "IL",
            12,
            30,
            "+97250234####",
            "נועה/noa איתי/itay תמר/tamar עומר/omer שירה/shira יונתן/yonatan",
            "לוי/levi מזרחי/mizrahi פרידמן/friedman ברק/barak אלון/alon"
        ),
        new(
            "AE",
            4,
            14,
            "+97150123####",
            "فاطمة/fatima خالد/khalid مريم/mariam سلطان/sultan نورة/noura",
            "المنصوري/almansoori الكعبي/alkaabi النعيمي/alnuaimi السويدي/alsuwaidi"
        ),
        new(
            "MA",
            14,
            5,
            "+21265012####",
            "سلمى/salma يوسف/youssef هند/hind أنس/anas خديجة/khadija",
            "العلوي/alaoui بنجلون/benjelloun التازي/tazi الإدريسي/idrissi"
        ),
        new(
            "TR",
            14,
            22,
            "+90501234####",
            "Elif Emre Zeynep Kerem Defne Burak İrem Çağla Oğuz",
            "Yıldırım Çetin Aksoy Şahin Güneş Özdemir Koç"
        ),
        new(
            "JP",
            22,
            32,
            "+81901234####",
            "美咲/misaki 翔太/shota 陽菜/hina 健太/kenta 彩花/ayaka 大輔/daisuke 由美/yumi",
            "中村/nakamura 松本/matsumoto 小川/ogawa 藤井/fujii 石田/ishida 森/mori",
            NameOrder.FamilyGivenSpaced
        ),
        new(
            "KR",
            30,
            55,
            "+82102000####",
            "지우/jiwoo 민준/minjun 서연/seoyeon 도윤/doyun 하은/haeun 예진/yejin 현우/hyunwoo",
            "김/kim 박/park 최/choi 정/jung 윤/yoon 한/han",
            NameOrder.FamilyGiven
        ),
        new(
            "CN",
            18,
            50,
            "+8613123######",
            "晓雨/xiaoyu 子轩/zixuan 欣怡/xinyi 浩然/haoran 雅婷/yating 文博/wenbo 佳慧/jiahui",
            "陈/chen 周/zhou 林/lin 郭/guo 徐/xu 梁/liang",
            NameOrder.FamilyGiven
        ),
        new(
            "TW",
            10,
            26,
            "+88691234####",
            "怡君/yijun 志豪/zhihao 雅雯/yawen 冠宇/guanyu 淑芬/shufen",
            "黃/huang 蔡/tsai 許/hsu 鄭/cheng 謝/hsieh",
            NameOrder.FamilyGiven
        ),
        new(
            "TH",
            8,
            12,
            "+6681234####",
            "สมหญิง/somying กิตติ/kitti พิมพ์ชนก/pimchanok ธนกร/thanakorn อรทัย/orathai",
            "ศรีสุข/srisuk ทองดี/thongdee วงศ์ไทย/wongthai แก้วมณี/kaewmanee"
        ),
        new(
            "IN",
            30,
            26,
            "+9181234#####",
            "Ananya Arjun Kavya Rohan Meera Siddharth Nisha Vikram दीपिका/deepika राहुल/rahul",
            "Iyer Deshpande Nair Banerjee Reddy Kulkarni Chatterjee Menon"
        ),
        new(
            "GE",
            4,
            8,
            "+99555512####",
            "ნინო/nino გიორგი/giorgi თამარი/tamari ლევანი/levani",
            "ბერიძე/beridze კაპანაძე/kapanadze მაისურაძე/maisuradze"
        ),
        new(
            "MX",
            20,
            8,
            "+52222123####",
            "Ximena Emiliano Renata Joaquín Paola Iván Regina Octavio",
            "Villaseñor Cárdenas Treviño Zamora Quintero Rosales",
            NameOrder.TwoFamilies
        ),
        new(
            "AR",
            22,
            8,
            "+54911234#####",
            "Agustina Lautaro Milagros Facundo Rocío Nahuel Candela",
            "Ledesma Bianchi Quiroga Acosta Maldonado Ferreyra"
        ),
        new(
            "AU",
            35,
            22,
            "+61491570###",
            "Lachlan Tahlia Jarrah Bronte Hamish Keely Angus Zara",
            "Kingsley Harrington Nguyen Doyle Papadakis Mackay Rowland"
        ),
        new("ZA", 8, 6, "+2771123####", "Thandiwe Pieter Lerato Johan Nomvula Anika", "Dlamini Botha Mokoena van_Rooyen Naidoo Khumalo"),
        new("NG", 5, 4, "+23480212#####", "Chidinma Tunde Ngozi Emeka Folake", "Adeyemi Okonkwo Eze Balogun Nwosu"),
    ];
}
