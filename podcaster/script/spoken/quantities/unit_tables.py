"""Units by their signs, as CLDR calls them, and what CLDR lacks."""

from typing import Final

from podcaster.script.spoken.wording import words

ONE: Final = {
    "m": "length-meter", "km": "length-kilometer", "cm": "length-centimeter", "mm": "length-millimeter", "µm": "length-micrometer",
    "nm": "length-nanometer", "mi": "length-mile", "ft": "length-foot", "yd": "length-yard", "in": "length-inch",
    "g": "mass-gram", "kg": "mass-kilogram", "mg": "mass-milligram", "µg": "mass-microgram", "mcg": "mass-microgram",
    "t": "mass-tonne", "lb": "mass-pound", "lbs": "mass-pound", "oz": "mass-ounce",
    "s": "duration-second", "sec": "duration-second", "ms": "duration-millisecond", "µs": "duration-microsecond",
    "ns": "duration-nanosecond", "min": "duration-minute", "h": "duration-hour", "hr": "duration-hour", "d": "duration-day",
    "yr": "duration-year", "l": "volume-liter", "L": "volume-liter", "ml": "volume-milliliter", "mL": "volume-milliliter",
    "cl": "volume-centiliter", "dl": "volume-deciliter", "dL": "volume-deciliter", "hl": "volume-hectoliter",
    "gal": "volume-gallon", "bbl": "volume-barrel", "ha": "area-hectare",
    "W": "power-watt", "mW": "power-milliwatt", "kW": "power-kilowatt", "MW": "power-megawatt", "GW": "power-gigawatt",
    "hp": "power-horsepower", "J": "energy-joule", "kJ": "energy-kilojoule", "kWh": "energy-kilowatt-hour", "cal": "energy-calorie",
    "kcal": "energy-kilocalorie", "eV": "energy-electronvolt", "N": "force-newton", "Pa": "pressure-pascal",
    "hPa": "pressure-hectopascal", "kPa": "pressure-kilopascal", "MPa": "pressure-megapascal", "bar": "pressure-bar",
    "mbar": "pressure-millibar", "psi": "pressure-pound-force-per-square-inch", "mmHg": "pressure-millimeter-ofhg",
    "V": "electric-volt", "A": "electric-ampere", "mA": "electric-milliampere", "Ω": "electric-ohm", "K": "temperature-kelvin",
    "°C": "temperature-celsius", "°F": "temperature-fahrenheit", "Hz": "frequency-hertz", "kHz": "frequency-kilohertz",
    "MHz": "frequency-megahertz", "GHz": "frequency-gigahertz", "mol": "concentr-mole", "ppm": "concentr-permillion",
    "bit": "digital-bit", "B": "digital-byte", "kB": "digital-kilobyte", "KB": "digital-kilobyte", "MB": "digital-megabyte",
    "GB": "digital-gigabyte", "TB": "digital-terabyte", "PB": "digital-petabyte", "kbit": "digital-kilobit",
    "Mbit": "digital-megabit", "Gbit": "digital-gigabit", "Tbit": "digital-terabit", "kn": "speed-knot",
    "mph": "speed-mile-per-hour", "mpg": "consumption-mile-per-gallon", "lx": "light-lux",
    "lm": "light-lumen", "cd": "light-candela",
    "acre": "area-acre", "ac": "area-acre", "week": "duration-week", "month": "duration-month", "day": "duration-day",
    "year": "duration-year", "hour": "duration-hour", "ppb": "concentr-part-per-1e9", "Btu": "energy-british-thermal-unit",
    "Sv": "sievert", "Bq": "becquerel", "Gy": "gray", "S": "siemens", "T": "tesla", "F": "farad", "dB": "decibel", "Wh": "watt-hour",
    "Ah": "ampere-hour", "VA": "volt-ampere", "Wp": "watt-peak", "IU": "international-unit", "a": "duration-year",
}  # fmt: skip
"""CLDR's units by their signs."""
PREFIXES: Final = {
    "hm": ("10p2", "m"), "dm": ("10p-1", "m"),
    "TW": ("10p12", "W"), "MJ": ("10p6", "J"), "GJ": ("10p9", "J"), "TJ": ("10p12", "J"), "kV": ("10p3", "V"), "mV": ("10p-3", "V"),
    "kN": ("10p3", "N"), "mmol": ("10p-3", "mol"), "µmol": ("10p-6", "mol"), "µA": ("10p-6", "A"), "kΩ": ("10p3", "Ω"),
    "µl": ("10p-6", "l"), "µL": ("10p-6", "L"), "ng": ("10p-9", "g"), "GPa": ("10p9", "Pa"), "THz": ("10p12", "Hz"), "kt": ("10p3", "t"),
    "Mt": ("10p6", "t"), "Gt": ("10p9", "t"), "MWh": ("MW", "kWh"), "GWh": ("GW", "kWh"), "TWh": ("TW", "kWh"),
    "MeV": ("10p6", "eV"), "keV": ("10p3", "eV"), "mSv": ("10p-3", "Sv"), "µSv": ("10p-6", "Sv"), "nSv": ("10p-9", "Sv"),
    "kBq": ("10p3", "Bq"), "MBq": ("10p6", "Bq"), "GBq": ("10p9", "Bq"), "TBq": ("10p12", "Bq"), "mBq": ("10p-3", "Bq"),
    "mGy": ("10p-3", "Gy"), "µGy": ("10p-6", "Gy"), "mS": ("10p-3", "S"), "µS": ("10p-6", "S"), "mT": ("10p-3", "T"),
    "µT": ("10p-6", "T"),
    "µF": ("10p-6", "F"), "nF": ("10p-9", "F"), "pF": ("10p-12", "F"), "mAh": ("10p-3", "Ah"), "kVA": ("10p3", "VA"),
    "MVA": ("10p6", "VA"), "kWp": ("10p3", "Wp"), "MWp": ("10p6", "Wp"), "GWp": ("10p9", "Wp"), "pg": ("10p-12", "g"),
    "nmol": ("10p-9", "mol"), "µV": ("10p-6", "V"), "MV": ("10p6", "V"), "MΩ": ("10p6", "Ω"), "µW": ("10p-6", "W"), "MN": ("10p6", "N"),
    "mN": ("10p-3", "N"), "PJ": ("10p15", "J"), "EJ": ("10p18", "J"), "mHz": ("10p-3", "Hz"), "mPa": ("10p-3", "Pa"),
}  # fmt: skip
"""Units of which CLDR has the two parts."""
POWERS: Final = {
    "m2": "area-square-meter", "m3": "volume-cubic-meter", "km2": "area-square-kilometer", "km3": "volume-cubic-kilometer",
    "cm2": "area-square-centimeter", "cm3": "volume-cubic-centimeter", "ft2": "area-square-foot", "ft3": "volume-cubic-foot",
    "mi2": "area-square-mile", "in2": "area-square-inch", "in3": "volume-cubic-inch", "yd2": "area-square-yard",
}  # fmt: skip
WHOLE: Final = {"m/s2": "acceleration-meter-per-square-second", "N·m": "torque-newton-meter"}
ALONE: Final = frozenset(
    words(
        "µm nm mg µg mcg ng ms µs ml mL cl dl dL hl µl µL W mW hp kJ MJ GJ TJ kcal eV keV MeV Pa hPa kPa MPa "
        "GPa bar mbar psi mmHg V kV mV mA µA Ω kΩ Hz kHz MHz GHz THz mol mmol µmol ppm kB KB MB GB TB PB kbit "
        "Mbit Gbit Tbit °F MWh GWh TWh N kN lx lm lb lbs oz gal ft Sv mSv µSv nSv Bq kBq MBq GBq TBq mBq Gy mGy µGy mS µS mT µT µF nF pF "
        "mph mpg ppb dB Wh Ah mAh kVA MVA Wp kWp MWp GWp pg nmol µV MΩ µW PJ EJ Btu kn Mt Gt "
    )
)
"""Signs that mean nothing else behind a number."""
SPACED: Final = frozenset({"g", "t", "h", "s", "l", "L", "K", "min", "J"})
"""Signs that are read as units where a space parts them from their number."""
