from probatio import *
from probatio import Schema as Schema
