"""What is shown in a meeting and taken away from it: slides, pictures as files, a deck, a workbook.

Takes the small frames that pages already have, never anybody's answer; so a view with numbers only can make all of it too. What
writes files (`images`, `deck`, `workbook`) brings libraries of its own and is imported where a file is asked for.
"""
