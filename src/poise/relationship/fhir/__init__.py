"""Instruments and answers as FHIR: `Questionnaire` and `QuestionnaireResponse`, plain JSON that R4 and R5 both take.

An item goes out as its linkId and its range; its words stay here, and the owner's notice goes in `copyright`. Of an
answer go out the questionnaire's address, a time if one is given, and the numbers; never whom it is about. Items are
numbers (`integer` or `decimal`) with the standard extensions minValue and maxValue; choices are not read, as what they
count for is not agreed on. FHIR has no place for reliability, direction and usual ratings: whoever reads a
Questionnaire says them; of steps only "whole numbers" is kept.

Trust as it is worked out here is not written as FHIR: it is nobody's record.
"""

from .reading import from_questionnaire, from_response
from .terms import Response
from .writing import to_questionnaire, to_response

__all__ = ["Response", "from_questionnaire", "from_response", "to_questionnaire", "to_response"]
