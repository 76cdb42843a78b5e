"""The lists as shipped: code, then the name in Kazakh, Russian, English; in the order shown.

Written to the database by a migration; the office edits names in the admin afterwards.
Regions follow ISO 3166-2:KZ of November 2022.
"""

from typing import Final, NamedTuple


class Shipped(NamedTuple):
    code: str
    kk: str
    ru: str
    en: str


REGIONS: Final = (
    Shipped("KZ-10", "Абай облысы", "область Абай", "Abai Region"),
    Shipped("KZ-11", "Ақмола облысы", "Акмолинская область", "Akmola Region"),
    Shipped("KZ-15", "Ақтөбе облысы", "Актюбинская область", "Aktobe Region"),
    Shipped("KZ-19", "Алматы облысы", "Алматинская область", "Almaty Region"),
    Shipped("KZ-23", "Атырау облысы", "Атырауская область", "Atyrau Region"),
    Shipped("KZ-27", "Батыс Қазақстан облысы", "Западно-Казахстанская область", "West Kazakhstan Region"),
    Shipped("KZ-31", "Жамбыл облысы", "Жамбылская область", "Zhambyl Region"),
    Shipped("KZ-33", "Жетісу облысы", "область Жетісу", "Zhetisu Region"),
    Shipped("KZ-35", "Қарағанды облысы", "Карагандинская область", "Karaganda Region"),
    Shipped("KZ-39", "Қостанай облысы", "Костанайская область", "Kostanay Region"),
    Shipped("KZ-43", "Қызылорда облысы", "Кызылординская область", "Kyzylorda Region"),
    Shipped("KZ-47", "Маңғыстау облысы", "Мангистауская область", "Mangystau Region"),
    Shipped("KZ-55", "Павлодар облысы", "Павлодарская область", "Pavlodar Region"),
    Shipped("KZ-59", "Солтүстік Қазақстан облысы", "Северо-Казахстанская область", "North Kazakhstan Region"),
    Shipped("KZ-61", "Түркістан облысы", "Туркестанская область", "Turkistan Region"),
    Shipped("KZ-62", "Ұлытау облысы", "область Ұлытау", "Ulytau Region"),
    Shipped("KZ-63", "Шығыс Қазақстан облысы", "Восточно-Казахстанская область", "East Kazakhstan Region"),
    Shipped("KZ-71", "Астана", "Астана", "Astana (capital)"),
    Shipped("KZ-75", "Алматы", "Алматы", "Almaty (city)"),
    Shipped("KZ-79", "Шымкент", "Шымкент", "Shymkent (city)"),
)

THEMES: Final = (
    Shipped(
        "torture",
        "Азаптаулар мен қатыгез қарым-қатынастан қорғалу",
        "Свобода от пыток и жестокого обращения",
        "Freedom from torture and ill-treatment",
    ),
    Shipped(
        "liberty",
        "Жеке бас бостандығы, қауіпсіздік және жабық мекемелер",
        "Свобода, безопасность и закрытые учреждения",
        "Liberty, security and closed institutions",
    ),
    Shipped(
        "justice",
        "Сот төрелігіне қолжетімділік және әділ сот",
        "Доступ к правосудию и справедливый суд",
        "Access to justice and fair trial",
    ),
    Shipped(
        "expression",
        "Пікір білдіру еркіндігі және ақпаратқа қолжетімділік",
        "Свобода выражения и доступ к информации",
        "Expression and access to information",
    ),
    Shipped(
        "assembly",
        "Бейбіт жиналыстар және бірлесу бостандығы",
        "Мирные собрания и объединения",
        "Peaceful assembly and association",
    ),
    Shipped(
        "belief",
        "Діни сенім және наным бостандығы",
        "Свобода религии и убеждений",
        "Freedom of religion or belief",
    ),
    Shipped(
        "privacy",
        "Жеке өмір және цифрлық құқықтар",
        "Частная жизнь и цифровые права",
        "Privacy and digital rights",
    ),
    Shipped(
        "equality",
        "Теңдік және кемсітпеушілік",
        "Равенство и недискриминация",
        "Equality and non-discrimination",
    ),
    Shipped(
        "gbv",
        "Гендерлік және тұрмыстық зорлық-зомбылық",
        "Гендерное и бытовое насилие",
        "Gender-based and domestic violence",
    ),
    Shipped(
        "disability",
        "Мүгедектігі бар адамдардың құқықтары, қолжетімділік",
        "Права лиц с инвалидностью, доступность",
        "Rights of persons with disabilities, accessibility",
    ),
    Shipped("child", "Бала құқықтары", "Права ребёнка", "Rights of the child"),
    Shipped(
        "minority",
        "Этникалық азшылықтар, тіл және мәдениет",
        "Этнические меньшинства, язык и культура",
        "Ethnic minorities, language and culture",
    ),
    Shipped(
        "migration",
        "Көші-қон, баспана, азаматтығы жоқтық",
        "Миграция, убежище, безгражданство",
        "Migration, asylum, statelessness",
    ),
    Shipped(
        "social",
        "Еңбек, әлеуметтік қорғау, тұрғын үй",
        "Труд, социальная защита, жильё",
        "Work, social security, housing",
    ),
    Shipped("health_edu", "Денсаулық сақтау және білім", "Здоровье и образование", "Health and education"),
    Shipped("environment", "Қолайлы қоршаған орта", "Благоприятная окружающая среда", "Healthy environment"),
)

AFFECTED_GROUPS: Final = (
    Shipped("women", "Әйелдер", "Женщины", "Women"),
    Shipped("children", "Балалар", "Дети", "Children"),
    Shipped("youth", "Жастар", "Молодёжь", "Youth"),
    Shipped("pwd", "Мүгедектігі бар адамдар", "Лица с инвалидностью", "Persons with disabilities"),
    Shipped("older", "Егде жастағы адамдар", "Пожилые люди", "Older persons"),
    Shipped(
        "detained",
        "Бас бостандығынан айырылған адамдар",
        "Лица, лишённые свободы",
        "Persons deprived of liberty",
    ),
    Shipped(
        "ethnic",
        "Этникалық және тілдік азшылықтар",
        "Этнические и языковые меньшинства",
        "Ethnic and linguistic minorities",
    ),
    Shipped("religious", "Діни қауымдастықтар", "Религиозные общины", "Religious communities"),
    Shipped(
        "migrants",
        "Мигранттар, босқындар, азаматтығы жоқ адамдар",
        "Мигранты, беженцы, лица без гражданства",
        "Migrants, refugees, stateless persons",
    ),
    Shipped(
        "hrd",
        "Құқық қорғаушылар мен журналистер",
        "Правозащитники и журналисты",
        "Human rights defenders and journalists",
    ),
    Shipped(
        "survivors",
        "Зорлық-зомбылық пен адам саудасынан зардап шеккендер",
        "Пострадавшие от насилия и торговли людьми",
        "Survivors of violence and trafficking",
    ),
    Shipped(
        "rural",
        "Ауыл және аз қамтылған тұрғындар",
        "Сельские и малообеспеченные жители",
        "Rural and low-income residents",
    ),
    Shipped(
        "sogi",
        "Жыныстық бағдары немесе гендерлік сәйкестігі салдарынан тәуекелдегі адамдар",
        "В группе риска из-за сексуальной ориентации или гендерной идентичности",
        "At risk because of sexual orientation or gender identity",
    ),
)

# The office may tag and count these; nobody else is shown the tag until lawyers have agreed.
OFFICE_ONLY: Final = frozenset({"sogi"})

DUTY_BEARERS: Final = (
    Shipped(
        "ministry",
        "Министрлік, орталық мемлекеттік орган",
        "Министерство, центральный госорган",
        "Ministry / central body",
    ),
    Shipped("akimat", "Әкімдік", "Акимат", "Akimat (local executive)"),
    Shipped("police", "Полиция", "Полиция", "Police"),
    Shipped(
        "penitentiary", "Қылмыстық-атқару жүйесі", "Уголовно-исполнительная система", "Penitentiary service"
    ),
    Shipped("prosecutor", "Прокуратура", "Прокуратура", "Prosecutor's office"),
    Shipped("court", "Соттар, Жоғарғы Сот", "Суды, Верховный Суд", "Courts, Supreme Court"),
    Shipped(
        "legislature",
        "Заң шығарушы орган (Құрылтай)",
        "Законодательный орган (Курултай)",
        "Legislature (Kurultai)",
    ),
    Shipped("maslikhat", "Мәслихат", "Маслихат", "Maslikhat"),
    Shipped(
        "institution",
        "Мектеп, аурухана, интернат",
        "Школа, больница, интернат",
        "School, hospital, care home",
    ),
    Shipped(
        "security",
        "Қауіпсіздік және қорғаныс органдары",
        "Органы безопасности и обороны",
        "Security and defence bodies",
    ),
    Shipped(
        "company",
        "Мемлекеттік компания, жұмыс беруші, бизнес",
        "Госкомпания, работодатель, бизнес",
        "State company, employer, business",
    ),
)
