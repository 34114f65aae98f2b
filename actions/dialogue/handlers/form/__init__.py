"""The conversation around an open form, a room for each part.

opening      a form begins, or waits while another one is open
open_form    what words mean while a form is open: an answer, a correction, something else
answers      one answer is read, explained, skipped or left to an officer
corrections  an answer is changed, by button or in words
besides      what answers a later question
rewording    what a correction puts in the place of what
questions    what is asked next, the summary, giving up
sending      the form is handed in; the receipt
tray         what was shared waits here;  taking  what a form takes from it
files        what is shared without a form, and buttons below what was taken
pausing      going on after a long pause
going_back   back to a form that was left or given up, in words
returned     a case that an officer sent back
build        catalogue entry to form;  prefill  what the first sentence already told
"""
