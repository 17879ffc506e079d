# Texts that both faces of the service use: problems, field faults, lists, terms, notices.

## Problems: what happened and, in `-next`, what to do

problem-fields = Some answers need correcting.
problem-fields-next = Correct the fields shown and send again. Nothing counts as received.
problem-encoding = The content came compressed, which is not accepted here.
problem-encoding-next = Send it uncompressed, without the Content-Encoding header.
problem-media-type = The content is not of the type expected here.
problem-media-type-next = The interface takes application/json; the pages take plain forms.
problem-not-multipart = The form with files came in a form that cannot be read.
problem-not-multipart-next = Nothing counts as received. Open the page again and send once more.
problem-too-large = The content is larger than can be taken.
problem-too-large-next = Shorten or split the text. You can add more later with your tracking words.
problem-too-slow = The content took too long to arrive and was not received in full.
problem-too-slow-next = Nothing counts as received; if part of a file arrived, it stays sealed, without a key, and is deleted within days. Try again, if you can over a steadier connection.
problem-busy = Many people are sending at this moment.
problem-busy-next = Nothing counts as received. Wait a minute and send again.
problem-broken = The transmission broke off and arrived incomplete.
problem-broken-next = Nothing counts as received; if part of a file arrived, it stays sealed, without a key, and is deleted within days. Send again.
problem-not-utf8 = The text is not encoded in UTF-8.
problem-not-utf8-next = Send the text in UTF-8.
problem-not-json = The content is not valid JSON.
problem-not-json-next = Check the syntax and send again.
problem-not-form = The form arrived in a shape that cannot be read.
problem-not-form-next = Open the page again and fill in the form.
problem-unavailable = Storing and reading are not possible for now.
problem-unavailable-next = Nothing counts as received. Try again in a few minutes.
problem-not-found = This address does not exist.
problem-not-found-next = Go back to the start and follow the links.
problem-method = This address does not allow that operation.
problem-method-next = Go back to the start and follow the links.
problem-unknown-mailbox = There is no complaint with those words.
problem-unknown-mailbox-next = Compare each word and their order with what you noted. If you lost them, nobody can recover them; you can file a new complaint. If the words are right, somebody who saw them may have changed them: tell the committee or the internal control body.
problem-new-words-first = First choose new words.
problem-new-words-first-next = A member of the committee saw those of now. Until you change them, they do not open your mailbox.
problem-new-words-too-late = Other words had been chosen already.
problem-new-words-too-late-next = Come in with those that you noted first. If you did not change them, tell the committee or the internal control body.
problem-new-words-moving = Your words have just changed.
problem-new-words-moving-next = Wait until the committee's system has moved your mailbox to the new words. Then you can change them again.
problem-new-words-lapsed = Those words have lapsed and nothing changed.
problem-new-words-lapsed-next = The words that you had go on working. Start again with other new words.

## Evidence files

problem-evidence-empty = The file is empty.
problem-evidence-empty-next = Open it on your device to see whether there is anything in it. Then choose another one or go on without it.
problem-evidence-too-large = The file is too large.
problem-evidence-too-large-next = Send only the part that matters, or split the file. You can also describe it in your account.
problem-evidence-too-large-together = The files are too large together.
problem-evidence-too-large-together-next = Take one out. You can send more later with your tracking words.
problem-evidence-too-many = These are too many files at once.
problem-evidence-too-many-next = Choose the most important ones. You can send more later with your tracking words.
problem-evidence-type = This type of file is not taken here.
problem-evidence-type-next = Photos, PDF and office documents, audio, video and text are taken. Save it as one of these, or take a picture of the screen.
problem-evidence-mislabelled = The file is not what its name says.
problem-evidence-mislabelled-next = Check that it is the right file and that the ending of its name fits. Then send it again.
problem-evidence-malformed = The file is damaged or incomplete, and nobody could open it.
problem-evidence-malformed-next = Copy it again from the original, or take a picture of the screen.
problem-evidence-bomb = Opening the file could block the computer of whoever looks at it.
problem-evidence-bomb-next = Save it smaller or with fewer pages, and send it again.
problem-evidence-encrypted = The file needs a password, and the committee could not open it.
problem-evidence-encrypted-next = Save a copy without a password and send that copy.
problem-evidence-macros = The file holds programs (macros) and is not taken, for safety.
problem-evidence-macros-next = Save it as PDF or without macros, and send it again.
problem-evidence-full = No more files can be taken for now.
problem-evidence-full-next = File your complaint without files: the text is taken. In some hours you can add them with your tracking words.
problem-evidence-uncleaned = The file could not be cleaned at this moment.
problem-evidence-uncleaned-next = Send it again later. If you want to hand it in as it is, say so.
problem-evidence-undecided = There is a file that could not be cleaned, and you have not decided on it.
problem-evidence-undecided-next = Choose whether to hand it in as it is or not at all. You can also take it out and add it again, so that we try once more.
problem-evidence-aged = The file was added more than a working day ago and may have been deleted.
problem-evidence-aged-next = Add it again. Everything else is still here.

## Faults of a field

fault-required = This answer is missing.
fault-too-short = Write at least { $limit } characters.
fault-too-long = Write at most { $limit } characters.
fault-too-many = Give at most { $limit }.
fault-control-character = The text holds an invisible character that is not allowed. Delete it and write it again.
fault-unknown-code = Choose one of the list.
fault-not-a-date = Write a date that exists, with year, month and day.
fault-ends-before-it-begins = The last date cannot be before the first.
fault-in-the-future = This day has not come yet. Write a date up to today.
fault-unknown-field = This field does not exist.
fault-duplicate-field = This field is given more than once.
fault-wrong-type = The value is not of the type expected.
fault-not-an-object = The whole must be a JSON object, with its fields by name.

## Faults of the tracking words

token-word-count = 12 words are needed, and { $found } were found.
token-unknown-word = Word { $position }, “{ $written }”, is not in the list of words.
token-unknown-word-near = Word { $position }, “{ $written }”, is not in the list of words. Did you mean “{ $suggestion }”?
token-checksum = All the words exist, but one is not the one you were given, or their order changed. Compare them with what you noted.

## Where a case stands

status-received = Received
status-received-means = The complaint is stored and sealed. The committee will review it.
status-needs_information = Information needed
status-needs_information-means = The committee needs you to complete something. Read the message and answer right here.
status-in_analysis = In analysis
status-in_analysis-means = The committee is analysing the complaint.
status-in_progress = In progress
status-in_progress-means = The committee has admitted the complaint and is working on it.
status-determined = Determined
status-determined-means = The committee has issued its determination and follows it up.
status-concluded = Concluded
status-concluded-means = Work on the complaint has ended.
status-redirected = Guided to another body
status-redirected-means = Another body can deal with the matter better. Read the committee's message.

## Notices of the service itself

notice-stored = Your complaint is stored and sealed: only the Ethics Committee can open it. Come back to this page with your 12 words to learn its number and read messages.
notice-opened = The committee has received your complaint and given it a number. Progress and messages will appear here.
notice-needs_information = The committee has asked you to complete something. You can answer on this page.
notice-answered = Your answer has reached the committee. The term to answer no longer runs.
notice-interim = Almost 90 days have passed. The committee is still attending to your complaint. You will see here what it decides.
notice-registered = Your case was registered in the system of the ministry that coordinates ethics committees.
notice-in_analysis = The committee will decide in a session whether to admit your complaint.
notice-admitted = The committee admitted your complaint. The procedure goes on to its end even if you do not write again.
notice-not_admitted = The committee decided not to admit your complaint. The reason is in the message. You can go to another body.
notice-archived = The committee filed your complaint away because information was missing. You can present it again when you have it.
notice-redirected = The committee thinks that another body can attend to this better. The reason is in the message.
notice-in_progress = The committee is working on your case and gathering information.
notice-summoned = The committee invites you to an interview. If going puts you at risk, or you prefer not to be known, say so here.
notice-invited_to_mediation = The committee invites you to a mediation. It is voluntary: you can say no, and your complaint is not affected.
notice-mediation_ended = The mediation ended without an agreement. The committee goes on with the case.
notice-mediated = The case ended with the agreement of the mediation. If it is not kept, say so here.
notice-concluded_early = The committee ended the case before a determination. The reason is in the message.
notice-reopened = The committee opened the case again.
notice-extended = The committee needs more time and extended the term to conclude. The new term is on this page.
notice-determined = The committee issued its determination.
notice-concluded = The case is closed.
notice-protection = The protection measures have changed. If something does not protect you or harms you, say so here.
notice-referred = The committee gave notice to the internal control body, so that it does its part. Your case goes on here.
notice-new_words = You chose new words. Your mailbox opens with them and no longer with those of before.
notice-new_words_moving = You chose new words. The committee's system is still moving what was in your mailbox.
notice-new_words_too_late = When you changed your words, somebody had changed them before. If it was not you, tell the committee or the internal control body.
notice-joined = The committee attends to your case together with another about the same facts. You can go on writing here.

## What a notice names

notice-detail-on = Day: { $date }.
notice-detail-reference = Number in that system: { $folio }.
notice-detail-instances = You can go to: { $names }.

## Who writes

from-committee = Ethics Committee
from-system = Automatic notice
from-complainant = You

## Dates and terms

month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December
date = { $day } { $month } { $year }
deadline = { $term }: no later than { $date }.

## What is done in each term

term-plazo_presentacion = File the complaint, counted from the facts or from their end
term-plazo_presentacion_disc = Facts of discrimination counted as current; a warning only, nothing is rejected
term-registro_sseccoe = Check the requirements, register the complaint and tell its number
term-prevencion_emitir = Ask, once only, for what is missing
term-prevencion_desahogo = The complainant completes what is missing
term-propuesta_acuerdo = Propose the agreement, once the requirements are met
term-notificar_acuerdo = Give notice of an agreement, of filing away or of non-admission
term-descargo_denunciada = The denounced person answers in writing and offers evidence
term-entrevistas = Last day of the interviews, after the term before
term-mediacion_cita = Summon to mediation, after the interviews are closed
term-proyecto = Present the draft determination
term-determinacion = Determine, counted from the presentation of the draft
term-notificar_determinacion = Give notice of the determination to the parties and their superiors
term-recomendacion_adopcion = The head of the unit says whether the recommendation is adopted
term-recomendacion_implementacion = Carry out the recommendation, from the day after the notice of adoption
term-recomendacion_negativa = Justify in writing why the recommendation is not adopted
term-conclusion_total = Conclude, counted from registration in the system
term-prorroga_max = Longest extension, for causes not due to the committee
term-consejera_turno = The counsellor passes the complaint on, counted from first contact
term-consejera_registro = The counsellor records it, counted from first contact
term-medidas_proteccion_hsas = Immediate protection measures, after consulting the presumed victim
term-consulta_ci_registro = Register a consultation on a conflict of interest
term-consulta_ci_requerimiento = Complete a consultation on a conflict of interest
term-requerimiento_secretaria = Hand the Secretariat the documents or reports it asks for
term-convocatoria = Call a session, before its date
term-acuse_buena_practica = Acknowledge receipt (good practice; immediate here)
term-retroalimentacion_buena_practica = Inform the complainant, counted from the acknowledgement (good practice)
term-mensaje_intermedio = Interim message to the complainant, counted from reception
term-vista_falta_grave = Begin the procedure for a serious fault, from when it is known
term-generico_sin_plazo = Notices, summonses and reports without a term of their own

## Ethical risks; the official names are the Spanish ones

risk-acoso_sexual = Sexual harassment
risk-acoso_laboral = Workplace harassment
risk-falta_imparcialidad = Lack of impartiality
risk-agresiones = Physical or verbal aggression
risk-discriminacion = Discrimination
risk-derechos_humanos = Violations of human rights
risk-falta_liderazgo = Lack of leadership
risk-corrupcion = Corruption
risk-falta_eficacia = Lack of effectiveness
risk-falta_cooperacion = Lack of cooperation
risk-fuera_competencia = Outside the committee's competence

## Bodies that guide: for what, and with what limits

instance-911-when = Danger right now
instance-consejera-when = Sexual harassment: they listen and go with you from the first contact
instance-asesora-when = Discrimination: they listen and go with you from the first contact
instance-oic_sidec-when = Breaches by public servants, and corruption
instance-oic_sidec-limit = There are 3 years to report; 7 if the breach is serious
instance-alertadores-when = Serious corruption: bribes or diversion of public money
instance-conapred-when = Discrimination
instance-conapred-limit = There is one year from the facts. It asks for your name, which it can keep secret, and to confirm the complaint within 5 working days
instance-cndh-when = A federal authority did not respect your rights
instance-cndh-limit = There is one year from the facts. It asks to confirm the complaint within 5 days
instance-linea_079_1-when = Violence against women: legal advice and support, day and night
instance-mp-when = A possible crime
instance-laboral-when = Matters that are only about labour: sanction, contract or post
instance-calidad_servicio-when = Poor medical care, without another breach
instance-otra_institucion-when = The person denounced works at another public institution
instance-conflicto_interes-when = Doubts about a possible conflict of interest
instance-conflicto_interes-limit = Asked in writing and with a name. The Secretariat answers
instance-eco-when = If you work at the IMSS and live with violence: they listen and go with you
instance-eco-limit = A pilot programme; it does not count as a complaint
instance-datos_personales-when = Complaints about the use of your data

## Closed lists of the form

rank-SUPERIOR = Holds a higher post than I or the person affected
rank-MISMO_NIVEL = Is at the same level
rank-SUBORDINADA = Holds a lower post
rank-SIN_RELACION = Is outside the line of command
rank-NO_SE = I do not know

frequency-UNICA = Once only
frequency-VARIAS = Several times
frequency-CONTINUA = All the time

place-kind-INSTALACION = On the work premises
place-kind-TRASLADO = On the way to or from work
place-kind-COMISION = On an assignment elsewhere
place-kind-CONVIVENCIA = At a social gathering
place-kind-FESTIVIDAD = At a celebration
place-kind-REUNION_EXTERNA = At a meeting outside
place-kind-MEDIO_DIGITAL = By messages, networks or calls
place-kind-OTRO = Elsewhere

support-MEDICO = Medical care
support-PSICOLOGICO = Psychological care
support-JURIDICO = Legal advice
support-PERSONA_CONSEJERA = Company of a counsellor

earlier-filing-OIC = Internal control body (OIC)
earlier-filing-CNDH = National Human Rights Commission (CNDH)
earlier-filing-CONAPRED = CONAPRED
earlier-filing-MP = Public prosecutor
earlier-filing-SINDICATO = Union
earlier-filing-NO = Nowhere else

referral-consent-SI = Yes
referral-consent-NO = No
referral-consent-QUIERO_ORIENTACION = I want guidance before deciding

reporter-role-PRESUNTA_VICTIMA = It happened to me
reporter-role-TESTIGO = I saw or heard it
reporter-role-TERCERO = I learned of it, or I am helping someone
reporter-role-PERSONA_CONSEJERA = I am a counsellor
reporter-role-INTEGRANTE_COMITE = I am a member of the committee

bond-PERSONA_SERVIDORA_PUBLICA = Public servant of the Institute
bond-RESIDENTE_O_BECARIA = Resident or scholarship holder
bond-SERVICIO_SOCIAL = Social service or internship
bond-HONORARIOS = Fee contract
bond-SUBCONTRATADA = I work for a contractor
bond-DERECHOHABIENTE = Insured person
bond-PARTICULAR = Member of the public
bond-NO_DICE = I prefer not to say

sex-MUJER = Woman
sex-HOMBRE = Man
sex-OTRO = Other
sex-NO_DICE = I prefer not to say

age-group-15-19 = 15 to 19
age-group-20-29 = 20 to 29
age-group-30-39 = 30 to 39
age-group-40-49 = 40 to 49
age-group-50-59 = 50 to 59
age-group-60_O_MAS = 60 or over
age-group-NO_DICE = I prefer not to say

