import pytest

from nps_core.comments.question import question_of

# By hand: what each question asks for, in the seven languages.
WHY = """
What is the main reason for your score?|Why did you give this score?|comment|Comments|reason|Feedback|explication|Please explain
What do you like most about us?|verbatim|Open-Ended Response|Would you tell us why?||Q2|What makes you feel that way?
Pourquoi cette note ?|Quelle est la raison principale de votre note ?|Commentaire|Expliquez votre note|Avez-vous des remarques ?
¿Por qué?|¿Cuál es el motivo principal de su puntuación?|Comentarios|Explique su respuesta
Warum haben Sie diese Bewertung gegeben?|Was ist der Hauptgrund für Ihre Bewertung?|Kommentar|Begründung|Bitte begründen Sie
Perché ha dato questo voto?|Qual è il motivo del punteggio?|Commento|Waarom geeft u deze score?|Toelichting|Wat is de reden?
Por que deu essa nota?|Qual é o principal motivo da sua nota?|Comentário|Reason for your score, and what could we improve?
Is there anything else you wish to share?|Souhaitez-vous ajouter un commentaire à propos de votre visite ?|¿Qué es lo mejor?
What did you like best?|Qu'avez-vous aimé le mieux ?|Qual è la cosa migliore?|Did we meet your expectations? Comment|Was war gut?
On a scale of 0 to 10, why this score?|NPS - Reason|reasonForScore|the meaning of it
"""
IMPROVE = """
What could we do better?|What should we improve?|What is missing?|What would make it a 10?|suggestions|improvements|how to improve
What can we do to improve your experience?|What would it take to raise your score?|What did you like least?|What disappointed you?
How could we exceed your expectations?|WhatCouldWeImprove|what_to_improve|Any suggestions?|Why didn’t you give us a 10?
Why not a 10?|What is the main reason you did not give a higher score?|What went wrong?
Que pourrions-nous améliorer ?|Qu'est-ce qui vous manque ?|Vos suggestions|Que pouvons-nous faire mieux ?|Axes d'amélioration
¿Qué podríamos mejorar?|¿Qué le falta?|Sugerencias|¿Qué podemos hacer mejor?
Was fehlt Ihnen?|Was können wir besser machen?|Verbesserungsvorschläge|Was sollten wir verbessern?|Anregungen|Ihre Wünsche
Cosa possiamo migliorare?|Cosa manca?|Suggerimenti|Wat kunnen we verbeteren?|Wat mist u?|Wat kan er beter?|Suggesties
O que podemos melhorar?|O que falta?|Sugestões
"""


def headers(table: str) -> list[str]:
    return [header for line in table.strip().splitlines() for header in line.split("|")]


@pytest.mark.parametrize("header", headers(WHY))
def test_why(header):
    assert question_of(header) == "why"


@pytest.mark.parametrize("header", headers(IMPROVE))
def test_what_to_improve(header):
    assert question_of(header) == "improve"
    if " " in header:
        assert question_of(header.upper().replace(" ", "\n ")) == "improve"
