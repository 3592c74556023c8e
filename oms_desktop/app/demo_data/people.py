"""The people who order in the demo.

They are invented: surnames and streets are words for samples in their languages, e-mail goes to example.com,
phone numbers are from ranges kept free for films. Country, city and postal code do fit together, because
routing and address rules look at them.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class DemoPerson:
    """A customer with one address; what is not told is ""."""

    first_name: str
    last_name: str
    address1: str
    postal_code: str
    city: str
    country_code: str
    country: str
    locale: str
    phone: str
    province: str
    province_code: str


_LATIN = """
Jördis|Müstermann|Beispielstraße 12|23552|Lübeck|DE|Germany|de|+49 30 23125017||
Björn|Probebauer|An der Musterwiese 3|80331|München|DE|Germany|de|+49 30 23125241||
Käthe|Beispielhuber|Probegasse 7/2|1010|Wien|AT|Austria|de|||
Amélie|Exemplaire|14 rue de l'Échantillon|69002|Lyon|FR|France|fr|+33 1 99 00 12 34||
François|Modèle|8 allée du Spécimen|35000|Rennes|FR|France|fr|||
Åsa|Exempelsson|Provgatan 5|211 20|Malmö|SE|Sweden|sv|+46 8 465 004 17||
Søren|Prøvesen|Eksempelvej 21|8000|Aarhus C|DK|Denmark|da|||
Päivi|Esimerkkilä|Mallikatu 9 B|33100|Tampere|FI|Finland|fi|||
Łucja|Przykładowska|ul. Wzorcowa 4/6|31-042|Kraków|PL|Poland|pl|||
Žofie|Příkladová|Vzorková 18|602 00|Brno|CZ|Czechia|cs|||
Joost|van Voorbeeld|Monsterlaan 33|3512 JE|Utrecht|NL|Netherlands|nl|||
Nora|Sampleton|2 Specimen Lane|YO1 7HH|York|GB|United Kingdom|en|+44 20 7946 0128||
Wade|Examplewood|410 Placeholder Ave|40202|Louisville|US|United States|en|+1 202 555 0143|Kentucky|KY
"""

_OTHER_SCRIPTS = """
Ελένη|Δειγματάκη|Οδός Υποδείγματος 6|105 57|Αθήνα|GR|Greece|el|||
Явор|Примерски|ул. Образцова 11|1000|София|BG|Bulgaria|bg|||
"""


def latin_people() -> tuple[DemoPerson, ...]:
    """Give the people whose names and addresses are in Latin letters, accents included."""
    return _people(_LATIN)


def other_people() -> tuple[DemoPerson, ...]:
    """Give the people whose names and addresses are in Greek or Cyrillic letters."""
    return _people(_OTHER_SCRIPTS)


def _people(table: str) -> tuple[DemoPerson, ...]:
    return tuple(DemoPerson(*row.split("|")) for row in table.strip().splitlines())
