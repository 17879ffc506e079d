# Texts of the public pages.

brand = Guiando tu denuncia
skip = Skip to the content
nav = Sections
nav-file = File
nav-follow = Follow up
nav-guidance = Guidance
nav-support = Support
leave = Quick exit
emergency = Is there danger now? Call 911.
foot-danger = If there is danger now, call.
foot-women = Option 1: violence against women, day and night.
foot-eco = Listens to those who work at the Institute.
foot-support = More support
foot-verify = Check a receipt
guide-next = Next:
foot = Ethics Committee. This site uses no cookies and runs no programs in your browser.
required = (required)
choose-none = I do not know, or prefer not to say

tip-device = Use a device of your own, not one of your workplace.
tip-network = Use a network other than that of your workplace. If you can, Tor Browser.
tip-private = Open a private window and close it when you finish: the quick exit does not erase your history.

## Start

home-title = Start
home-heading = Tell what happened.
home-heading-anonymous = You need not say who you are.
home-lead = Here you can report wrongdoing by somebody who works at the Institute: harassment, unfair treatment, violence, corruption and more. Your story is sealed as soon as it arrives. Only the Ethics Committee can open it.
home-file = File a complaint
home-follow = Look up my complaint
home-before = Before you start
home-steps = How it works
home-step-1 = Tell
home-step-1-text = Only the account is required. You may leave everything else blank, your name too.
home-step-2 = Note 12 words
home-step-2-text = They are the only key to your complaint. We do not keep them and nobody can recover them.
home-step-3 = Come back any time
home-step-3-text = With your words you will see progress, terms and the committee's messages, and can answer without saying who you are.
home-safe = Protect your anonymity
home-else = Where else can I go?
home-else-text = A few questions to find out who can help.

## Form

file-title-step = Form: step { $number }
file-title-errors = Form: something to correct
file-lead = Take your time. Only the account is required, in step { $number }. Everything else may be left blank.
file-before = Before you begin
file-before-words = Have something to write with: on sending you get 12 words that lead back to your complaint.
file-privacy = What is kept and what is not
file-optional = Your answers travel sealed in this page. Your story is not kept until you send. Files are kept sealed as you upload them; if you do not send, they are deleted within days. The page is good for 8 hours.
file-send-hint = On sending, your complaint is sealed and only the Ethics Committee can open it.
file-send = Send the complaint

step-of = Step { $number } of { $total }
danger-next = This channel does not handle emergencies. Afterwards you can come back and tell what happened.
go-next = Next
go-back = Back
go-review = Review and send
yes = Yes

step-what = What happened
step-place = Where and when
step-people = Who
step-story = Your account
step-safety = Your safety
step-reporter = Who you are
step-handling = Who must not see it

section-conduct = Choose what comes closest
section-conduct-hint = It is only your impression. You may go on without choosing: the Committee will look at it.
field-suspected-risk = What happened?
conduct-acoso_sexual = Advances, touching or sexual remarks that nobody asked for
conduct-acoso_laboral = Mistreatment, mockery or punishment at work, again and again
conduct-falta_imparcialidad = Favours or advantages for some people and not for others
conduct-agresiones = Shouting, insults, threats or blows
conduct-discriminacion = Unequal treatment for who somebody is: sex, origin, age, health, pregnancy or another cause
conduct-derechos_humanos = An authority did not respect a person's rights
conduct-falta_liderazgo = Whoever leads does not deal with problems or sets a bad example
conduct-corrupcion = They asked for money or favours, or misuse what belongs to all
conduct-falta_eficacia = The work is not done, or done badly on purpose
conduct-falta_cooperacion = They refuse to work together, and the service suffers

section-workplace = Where
section-workplace-hint = Leave blank what could reveal who you are. In a small place, the area is enough to recognise you.
field-workplace-ooad = OOAD (formerly Delegación)
field-workplace-umae = UMAE, if it was in one
field-workplace-kind = Kind of workplace
field-workplace-place = Workplace or area, in your words

section-facts = When and how
field-facts-from = From which day
field-facts-to = Until which day
field-facts-to-hint = If it was a single day, leave it blank.
field-facts-ongoing = It still goes on
field-facts-frequency = How often?
field-facts-place-kind = In what kind of place?
field-facts-place-detail = Place, in your words

section-person = Person complained about
section-person-hint = Write only what you know and what helps to recognise them. Without a name, the post or a description is enough.
entry-people = Person { $number }
more-people = Add another person
entry-remove = Take out
field-people-name = Name
field-people-position = Post
field-people-area = Area or service
field-people-rank = What is their rank towards the person affected?
field-people-description = Anything else that helps to recognise them

section-witness = Witnesses, if there are any
section-witness-hint = Not needed. If somebody saw or knows what happened, you can mention them.
entry-witnesses = Witness { $number }
more-witnesses = Add another person who saw it or knows of it
field-witnesses-name = Name or description
field-witnesses-contact = How to reach them

section-story = Tell what happened
section-story-prompt-1 = How: what happened, who did it and in what way.
section-story-prompt-2 = When: the day, how many times, whether it goes on.
section-story-prompt-3 = Where: the place.
section-story-example-open = See an example
section-story-example = “Since January, the head of the shift asks for money to assign the night duties. It happens at the end of the day, in the office. Whoever does not pay gets the worst hours. I have seen it some ten times; the last was in March. Two other people saw it too.”
field-narrative = Tell it in your own words
field-narrative-hint = Between 20 and 20,000 characters. To stay anonymous, avoid details that only you know.

section-danger = Risk right now
section-danger-note = If somebody is in danger now, call 911. This channel does not handle emergencies.
field-immediate-danger = Somebody is in danger right now
field-retaliation = There is retaliation, or threats of it
section-help = Help that you want
section-help-hint = You may ask for it without saying who you are. The Committee will answer in your mailbox.
field-protection-wanted = I want protection measures to be considered
field-support-wanted = What support would you like?

section-reporter = For statistics
section-reporter-hint = All of it is optional. Nothing that could identify you is ever published.
field-reporter-role = How do you know?
field-reporter-bond = Relation to the Institute
field-reporter-sex = Sex
field-reporter-age-group = Age

section-identity = Say who I am (optional)
section-identity-hint = Your complaint is anonymous as long as this stays blank. You can identify yourself later in a message.
field-identity-name = Your name
field-identity-contact = E-mail, telephone or address for notices

section-keep = Who must not see this complaint?
section-keep-hint = Choose seats of the Committee or write names.
section-keep-note = If that person sits on the Committee and this site recognises them, they can neither open the complaint nor know that it exists. To be recognised, they need their full name or their seat. If they are not recognised, the Committee decides on reading it. If that worries you, do not send it here. Go to another authority, such as the internal control body (OIC).
section-keep-elsewhere = See where else you can go
field-keep-from-seats = Seats of the Committee
field-keep-from = Other people, one a line
seat-PRESIDENCIA = Chair of the Committee
seat-SECRETARIA_EJECUTIVA = Executive Secretary
seat-SECRETARIA_TECNICA = Technical Secretary
seat-INTEGRANTES_ELECTAS = Elected members
seat-REPRESENTACION_OIC = Representative of the internal control body
seat-ASESORIA = Advisers
seat-PERSONAS_CONSEJERAS = Personas consejeras (counsellors)

section-elsewhere = Other authorities
field-already-filed-with = Have you already filed somewhere else?
field-privacy-notice = Edition of the privacy notice
field-referral-consent = May your case go to the internal control body (OIC)?
field-referral-consent-hint = Some faults are investigated by the internal control body. You say whether the Committee may pass your case on to it. Blank means that you have not answered: it does not count as permission. You can answer, or change your answer, later in your mailbox.

review-heading = Review and send
review-lead = This is what the Committee will receive. You can change any part.
review-blank = Left blank.
review-change = Change

problem-form-lapsed = This page has lapsed, and what came before can no longer be read.
problem-form-lapsed-next = What you wrote in this step is still here. Fill in the other steps that you need again, and add your files again. Nothing counts as received; the files that you uploaded stay sealed, without a key, and are deleted within days.
problem-form-given-back = This page has lapsed, but nothing was lost.
problem-form-given-back-next = Your answers and your files are still here. Look at them and go on.
problem-review-given-back = This page has lapsed, and the complaint was not sent.
problem-review-given-back-next = Your answers are still here. Look at them and send again.
problem-review-lapsed = This page has lapsed, and the complaint was not sent.
problem-review-lapsed-next = Please fill in the form again, and add your files again. Nothing counts as received; the files that you uploaded stay sealed, without a key, and are deleted within days.
problem-words-lapsed = This page has lapsed, but your complaint is kept.
problem-words-lapsed-next = To keep you safe, your 12 words are no longer shown here. If you wrote them down, you can come back with them. If not, file another complaint and say that you sent one before.

## Complaint received

filed-heading = Your complaint is stored and sealed
filed-lead = Thank you for trusting us with it. Now write down these words: they are the only key to come back.
filed-words = Your 12 words, in this order
filed-words-note = Write them on paper and keep them where nobody else sees them. Do not take a picture with a device from work. If you lose them, nobody can recover them.
filed-day = Legal day of reception
filed-receipt = Signed receipt
filed-receipt-hint = It proves that a complaint was received that day. It does not reveal which one, nor lets anybody read it. Take care: whoever has it may know that you filed a complaint.
filed-next = What comes next
filed-next-1 = The Committee opens the complaint, registers it and gives it a number.
filed-next-2 = Come back to Follow-up in a few days with your 12 words to read the messages. If something is missing, you will have a few working days to complete it.
filed-next-3 = When you are done, close the browser window.

words-title = Notes
words-copy = To copy them, touch the text and choose Copy:
words-download = Download as text
words-download-hint = The file is called notas.txt and does not say what it is about. Paper is safer.
words-print = You can also print this page: only the words come out. Do not use a printer at work. Your browser may add the address of the site at the edge; take it out in the print options.
words-before = Before you leave, check what you wrote down
words-before-hint = Type two of your words. The first four letters are enough.
words-lapse = This page answers for 30 minutes. When you finish, close the window: in the 8 hours that follow, whoever goes back in it and sends again can see your words.
words-asked = Word { $number }
words-wrong = That is not word { $number }. Compare it with the list above.
words-again = Correct your note and type again. The words are still above.
words-check = Check
words-skip = Skip
words-skip-hint = You may skip this. We advise against it: with one wrong word you cannot come back, and nobody can help you. The page that follows no longer shows them.
done-heading = Done. You wrote your words down right
done-lead = This page no longer shows your words. Close the window now: whoever goes back in it could still see them.
done-skipped-heading = Your complaint is kept
done-skipped-lead = You did not check your words. With those that you wrote down you can come back to Follow up. Close the window now: whoever goes back in it could still see your words.
done-leave = Leave for a blank page
done-leave-hint = It does not erase the history of your browser.
done-support = If you need to talk to somebody or go elsewhere:

## Follow up

follow-title = Look-up
follow-heading = Look up my complaint
follow-lead = Write the 12 words that you noted when you filed it.
follow-words = Your 12 words
follow-words-hint = In the same order. Capitals and accents do not matter; the first four letters of each word are enough.
follow-look = Look up
follow-lost = The words are kept nowhere. If you lost them, you can file a new complaint.

mailbox-heading = Your complaint
mailbox-status = Status:
mailbox-folio = Number
mailbox-no-folio = No number yet
mailbox-messages = Messages
mailbox-write = Write to the committee
mailbox-text = Your message
mailbox-text-hint = Up to 20,000 characters. It too is sealed on arrival. To stay anonymous, avoid names, numbers and details that only you know.
mailbox-send = Send message
mailbox-sent = Your message is stored and sealed.
mailbox-sent-next = It will appear in the list when the committee receives it.

## Guidance

guidance-title = Guidance
guidance-heading = Who can help?
guidance-lead = Going to the Committee closes no other way, and the other way round.
guidance-verified-only = Only verified contacts are published, with the day on which they were checked.
guidance-verified = verified on
guidance-anonymous = It takes anonymous complaints.
guidance-not-anonymous = It asks you to say who you are.
guidance-web = Site
guidance-phone = Telephone
guidance-email = E-mail

## Other pages

problem-page-title = Notice
problem-home = Go to the start
leave-title = New tab
leave-text = Type an address in the browser's bar.

## Limits

problem-mailbox-full = The mailbox of your complaint is full.
problem-mailbox-full-next = Your message was not sent. Wait for the committee's answer and write again afterwards; what you have already sent is stored.
fault-cut = It is longer than can be taken: only the first { $limit } characters are shown here.

## Network

network-title = You seem to be on the Institute’s network
network-text = Whoever runs that network can see that you visited this site. They cannot see what you write. If you can, go on from home or from your own phone with your own data.
network-onion = The most private way is Tor Browser, at this address:

## What could tell who writes

traces-heading = This could say who you are
traces-text = You can leave it, take it out or change it. You decide.
traces-limits = We look for data that could say who you are, but we do not see all of it. Please check as well.
traces-back = Go back to that step
mailbox-traces-text = You can send it as it is. To change the text or a file, choose “Do not send” and write again. You decide.
trace-curp = This looks like a CURP.
trace-rfc = This looks like an RFC.
trace-nss = This looks like a social security number.
trace-email = This looks like an e-mail address.
trace-phone = This looks like a telephone number.
trace-matricula = This looks like an employee number.
trace-presentation = This seems to say who you are.
trace-signature = This looks like a signature.
trace-only_one = This seems to be something that only you know or live through.
trace-small_centre = Few people work in a centre of this kind.
trace-combination = Place, post, shift and years together may tell who you are.
trace-file_name = The name of this file seems to hold a person's name.
trace-file_date = The name of this file seems to tell on which day it was made.

## Mailbox: terms as told to who filed

due-plazo_presentacion = You may file the complaint by { $date }.
due-plazo_presentacion_disc = Facts of discrimination count as current until { $date }.
due-registro_sseccoe = The committee must look at your complaint, register it and give you its number by { $date }.
due-prevencion_emitir = If something is missing, the committee must ask you for it by { $date }.
due-prevencion_desahogo = You may complete what is missing by { $date }.
due-propuesta_acuerdo = The committee must propose how to attend to your complaint by { $date }.
due-notificar_acuerdo = The committee must tell you what it agreed by { $date }.
due-descargo_denunciada = The denounced person may answer by { $date }.
due-entrevistas = The committee must finish the interviews by { $date }.
due-mediacion_cita = The committee must call the mediation by { $date }.
due-proyecto = The committee must prepare its draft determination by { $date }.
due-determinacion = The committee must vote its determination by { $date }.
due-notificar_determinacion = The committee must tell you its determination by { $date }.
due-recomendacion_adopcion = The unit must say whether it adopts the recommendation by { $date }.
due-recomendacion_implementacion = The unit must carry out the recommendation by { $date }.
due-recomendacion_negativa = The unit must explain why it does not adopt the recommendation by { $date }.
due-conclusion_total = The committee must finish attending to your complaint by { $date }.
due-prorroga_max = With an extension, the committee must finish by { $date }.
due-consejera_turno = The ethics counsellor must pass your complaint on by { $date }.
due-consejera_registro = The ethics counsellor must register your complaint by { $date }.
due-medidas_proteccion_hsas = If you asked for protection, the committee must see to it by { $date }.
due-consulta_ci_registro = The committee must register the consultation by { $date }.
due-consulta_ci_requerimiento = You may complete the consultation by { $date }.
due-requerimiento_secretaria = The committee must hand over what the Secretaría asked for by { $date }.
due-convocatoria = The committee must call its session by { $date }.
due-acuse_buena_practica = The committee must confirm that it has your complaint by { $date }.
due-retroalimentacion_buena_practica = The committee must tell you how your complaint is going by { $date }.
due-mensaje_intermedio = You will find a message on progress here by { $date }.
due-vista_falta_grave = If the fault is serious, the procedure for that fault must begin by { $date }.
due-generico_sin_plazo = The committee must take the next step by { $date }.
message-without-text = No text.

## When complaints come in a flood

problem-flood = Too many complaints come at this moment.
problem-flood-next = Nothing counts as received. Solve the task of the header “Guiando-Work” and send again.
flood-wait =
    { $seconds ->
        [one] Many complaints come at the same time. Wait one second and send again.
       *[other] Many complaints come at the same time. Wait { $seconds } seconds and send again.
    }
flood-wait-next = Your complaint is not sent yet. What you wrote is still on this page.
flood-wait-files-next = No new file was stored. What you wrote is still on this page. After the wait, choose your files again.
## Receipt and daily lists

receipt-title = Receipt
receipt-received = Counts as received on { $date }.
receipt-silent = It does not say what was told or who told it. Its signature can be checked.
receipt-shows = Having it shows that you handed something in. Keep it where nobody else sees it, or do not keep it: your 12 words are enough to come back.
receipt-terms = By when
receipt-itself = The receipt
receipt-proof = The proof of the day
receipt-key = The key to check it with
receipt-how = How to check it
receipt-how-here = On the site: open “Check a receipt” and paste it there.
receipt-how-alone = Offline: save this receipt as text, and the key in another file. Then use the free program:
receipt-card = This receipt is signed. It shows that something was received, and on which day.
receipt-pdf = Save as PDF
receipt-txt = Save as text
receipt-check = Check

verify-title = Check
verify-heading = Check a receipt
verify-lead = Paste a receipt here. We tell you whether it is genuine, of which day it is, and whether it is in the list of that day. Nothing that you paste is kept.
verify-receipt = Receipt
verify-receipt-hint = It is a long line of letters and digits. Blanks and line breaks do not matter. You may also paste the whole text that you saved.
verify-proof = Proof of the day (optional)
verify-proof-hint = Paste it if you kept it before. That tells you whether the list was changed afterwards.
verify-send = Check
verify-not-receipt = This is not a receipt, or a part of it is missing. Copy all of it.
verify-version = This receipt is of a version that this site does not know.
verify-forged = This receipt was not signed by this site, or it was altered.
verify-valid = The receipt is genuine
verify-valid-says = It shows that something was received on that day. It does not say what, nor from whom.
verify-list = The list of that day
verify-list-pending = The list of that day is not published yet. It comes out at six in the morning of the day after. Come back then, and you can ask for the proof.
verify-list-there = It is in the list of that day. Nobody can take it out unnoticed.
verify-list-missing = It is not in the list of that day, and it should be. Keep your receipt: it proves the fault.
verify-list-older = It is of before there were daily lists.
verify-not-proof = This is not a proof, or a part of it is missing. Copy all of it or leave this field blank.
verify-proof-wrong = This proof does not belong to this receipt, or it was altered.
verify-proof-good = The proof that you pasted is right: the receipt is in the list that it names.
verify-proof-unpublished = But the list that the proof names is not the one that is published today. That must not happen. Keep the proof and the receipt.
verify-proof-keep = This is the proof. If you keep it with your receipt, nobody can deny later that it was received.
verify-roots = See the signed daily lists
verify-another = Check another one
verify-alone = It can also be done without this site
verify-alone-text = The free program of this site checks the same on your own computer, offline. It takes the public key only. This is how:

roots-title = Daily lists
roots-heading = Signed daily lists
roots-lead = Every day a signature of the list of what was received is published. If something received were missing, its receipt would show it.
roots-empty-days = There is a list for every day, also when nothing came. Up to 4,096 complaints in a day, the list always has the same size and does not tell how many there were. A day with more does show.
roots-chain = Each signature holds the fingerprint of the one before. Whoever keeps one can tell if an earlier one was changed. Anybody may keep copies.
roots-key = Public key
roots-key-text = Receipts and lists are checked with this key. Keep it, so that you do not depend on this site.
roots-list = Signatures, the newest first
roots-none = There are no lists yet. The first one comes out at six in the morning.
roots-earlier = See earlier ones
## Mailbox: what comes next, what is asked for and what can be added

status-received-then = The committee checks whether your complaint is complete. If something is missing, it will ask you here.
status-needs_information-then = The committee waits for your answer. Then it goes on with its check.
status-in_analysis-then = The committee decides whether to admit the complaint. It will tell you here.
status-in_progress-then = The committee gathers information and hears people. Then it votes its determination.
status-determined-then = The committee sees to it that what it recommended is done.
status-concluded-then = The committee has finished. If there are new facts, you can add them here.
status-redirected-then = Turn to the instance that the committee named. That way closes no other.
mailbox-received = Day of reception
mailbox-next = What comes next
mailbox-order = The newest is on top.
mailbox-newest = Newest
mailbox-request = The committee needs you to complete something
mailbox-request-until = You can answer until { $date }.
mailbox-request-late = The term ended on { $date }. Answer all the same: the committee will see whether it can still take it into account.
mailbox-answer = Your answer
mailbox-answer-hint = Write what you know. If you do not know something or do not want to say it, say so. To stay anonymous, avoid names, numbers and details that only you know.
mailbox-answer-send = Answer the committee
mailbox-write-any-time = You can add facts at any time. It does not change what you have sent.
mailbox-write-over = The case is closed, but you can add facts. The committee will read them.
mailbox-consent = May your case go to the internal control body (OIC)?
mailbox-consent-why = Some faults are investigated by the internal control body (OIC). You say whether the committee may pass your case on. You can change your answer.
mailbox-consent-now = So far you answered:
mailbox-consent-none = You have not answered yet.
mailbox-consent-ask = Your answer
mailbox-consent-send = Save my answer
mailbox-consent-said = On passing the case to the internal control body (OIC):
mailbox-filed = What you sent
mailbox-filed-why = You can read your complaint as you sent it. Do so where nobody watches your screen.
mailbox-filed-show = Show what I sent
mailbox-file = { $name } ({ $size }, { $version })
version-original = original
version-cleaned = cleaned copy
mailbox-receipt = Your receipt

## Evidence

step-evidence = Evidence
evidence-lead = You need no evidence. If you have pictures, documents, audio or video, you can add them here. You can also go on without.
evidence-refused = These files are not handed in
evidence-found = Inside the file we found:
evidence-choice = What do you want to hand in?
choice-cleaned = The clean copy, without that data
choice-original = The original, as it is
choice-both = Both
choice-left-out = Do not hand this file in
evidence-remove = Remove this file
evidence-add = Add files
evidence-hint = You can choose several. They are sealed while they arrive. A file may hold hidden data, such as the place or the device: we will tell you before you send.
evidence-files = Files on your device
evidence-upload = Add
cleaning-done = A clean copy was made, without that data and with a neutral name. The original is better evidence; the copy protects your anonymity better.
cleaning-nothing = No hidden data was found. There may be some that we cannot see.
cleaning-not = It could not be cleaned: { $why } If the file tells who you are, think about whether to hand it in.
not-cleaned-too_large = it is too large.
not-cleaned-unsupported = there is no way to clean this type of file.
not-cleaned-protected = it is protected against changes.
not-cleaned-attachments = it has other files inside.
not-cleaned-unusual = it is written in an unusual way.
not-cleaned-residue = some data was left after cleaning.
not-cleaned-timeout = looking at it took too long.
not-cleaned-busy = the files of other people are being cleaned at the moment.
not-cleaned-unavailable = cleaning is not available right now.
finding-location = Place
finding-author = Name of whoever made it
finding-device = Device or telephone
finding-software = Program
finding-date = Date
finding-comment = Title or comment
finding-other = Other hidden data
mailbox-filed-story = Your story
mailbox-filed-files = Files
mailbox-filed-no-files = You sent no files.
no = No
mailbox-back = Back to the mailbox
mailbox-files = Files (if you have any)
mailbox-files-hint = Photos, documents, audio or video. Before they are sent we tell you what hidden data they carry.
mailbox-files-heading = Check your files
mailbox-files-lead = Nothing is sent yet. See what we found in each file and choose what to hand in.
mailbox-files-send = Send message and files
mailbox-files-leave = Do not send
mailbox-files-lapsed = The page has lapsed and the message was not sent. Write it and choose the files again.

size-kib = { $count } KiB
size-mib = { $count } MiB

## A mailbox on several pages
mailbox-earlier = Earlier messages
mailbox-continues = continued
mailbox-goes-on = This message goes on on the next page.
mailbox-request-goes-on = What the committee asks for goes on in the messages below.
mailbox-request-further-back = What the committee asks for is in the earlier messages.
mailbox-consent-further-back = If you have answered, your answer is in the earlier messages.
mailbox-filed-next = Read on
problem-many-looks = Many people are looking at this moment.
problem-many-looks-next = Wait a few seconds and try again. Nothing counts as received.
problem-many-messages = Many messages come in a short time.
problem-many-messages-next = Your message does not count as received. Wait a moment and send it again.
message-wait =
    { $seconds ->
        [one] Many messages come in a short time. Wait one second and send again.
       *[other] Many messages come in a short time. Wait { $seconds } seconds and send again.
    }
message-wait-next = Your message is not sent yet. It is still on this page.
mailbox-kept = Your message is not sent yet
mailbox-kept-lead = It is not lost: it is below. Wait a little and send it again. If you send it twice, it counts once. If it had files, choose them again.
mailbox-list-pending = Your complaint will enter the list of that day. The list comes out at six in the morning of the day after. Then you will see the proof here.
mailbox-list-missing = Tell somebody by another way, such as the internal control body (OIC). You need not say what you reported.
mailbox-list-keep = It is also in the receipt that you save from today on.

## New words

new-words-card = Change my words
new-words-card-why = If somebody else saw your 12 words, or you fear that they did, choose others. Those of now will no longer work.
new-words-card-change = Change my words
new-words-heading = Your new words
new-words-lead = Nothing changes yet. Write these words down first.
new-words-list = Your 12 new words, in this order
new-words-before = Before you change, check what you noted
new-words-lapse = This page answers for 30 minutes.
new-words-change = Change to these words
new-words-until-then = Until you choose “Change to these words”, those that you had go on working.
new-words-done = Your words have changed
new-words-done-lead = From now on, come in with the new words. Destroy the note with those of before.
new-words-done-1 = Your new words open your mailbox already.
new-words-done-2 = What was in it appears once the committee's system has moved it. That usually takes minutes; if that system is closed, until it is opened.
new-words-done-3 = Until then the words of before still open the mailbox. After that they open nothing.
new-words-look = Come in with the new words
new-words-first = First choose new words
new-words-first-lead = A member of the committee wrote your complaint down with you, and so saw these words. With new words, only you can come in. Your complaint and the messages are still there.
new-words-choose = Choose new words
new-words-first-paper = Have something to write with. When you are done, destroy the paper with the words of now.
new-words-late = Other words had been chosen already
new-words-late-lead = Somebody had changed these words before. The new words that you noted afterwards open no mailbox.
new-words-late-next = If you had changed them before, come in with those that you noted the first time. If it was not you, somebody else had your words: tell the committee, or the internal control body if you distrust somebody on the committee. You need not say what you reported.
new-words-late-whom = Who is on the committee and how to reach it
new-words-moving = Your new words work already.
new-words-moving-next = The committee's system is still moving what was in your mailbox. Nothing is lost. Come back later; if it is urgent, you can write now.
