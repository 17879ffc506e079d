# Texts of the committee's desk.

## Problems of its own

problem-sealed = The service is sealed.
problem-sealed-next = Nobody can sign in or read cases until it is opened with the committee's key.
problem-signed-out = Nobody is signed in, or the session has ended.
problem-signed-out-next = Sign in again.
problem-credentials = User name and passphrase do not belong together.
problem-credentials-next = Check both and write them again.
problem-code = The code is not valid, or was used already.
problem-code-next = Wait for the next code of your app, or use another recovery code.
problem-invitation-code = The code is not right.
problem-invitation-code-next = Ask whoever told you for it again.
problem-invitation = This invitation does not exist, was used already, has expired or is void.
problem-invitation-next = Ask whoever invited you for another one. Nobody can use the same link twice.
problem-agreement = The confidentiality agreement is not accepted.
problem-agreement-next = Nobody can open cases without it. Read it and tick the box.
problem-differ = The two passphrases are not the same.
problem-differ-next = Type them again, without hurry.
problem-phrase-short = The passphrase is too short.
problem-phrase-short-next = Use at least 12 letters. Best are four words chosen at random.
problem-phrase-long = The passphrase is too long.
problem-phrase-long-next = Use 200 letters or fewer.
problem-phrase-personal = The passphrase has facts that others know about you.
problem-phrase-personal-next = Do not use your name, your user name or your workplace. Choose four words at random.
problem-phrase-guessable = The passphrase is easily guessed.
problem-phrase-guessable-next = Avoid common phrases, dates, and letters in a row. Choose four words at random.
problem-passphrase = The present passphrase is not right.
problem-passphrase-next = Nothing was changed. Type it again.
problem-device = The device could not be checked.
problem-device-next = Try again, or use a code.
problem-last-factor = It is your only second step and cannot be removed.
problem-last-factor-next = Add another passkey or an app first.
problem-too-many-devices = You have four passkeys already.
problem-too-many-devices-next = Remove one before you add another.
problem-demonstration = The account of the demonstration has no second step.
problem-demonstration-next = In a real installation every member has one.
problem-member-name = The given name or the first surname is missing.
problem-member-name-next = Write both in letters, 80 or fewer each.
problem-member-login = This user name cannot be used.
problem-member-login-next = Use 3 to 40 letters, digits, dots or hyphens, without spaces.
problem-member-login-taken = Somebody else has this user name.
problem-member-login-taken-next = Choose another one.
problem-member-seat = The place in the committee is not chosen.
problem-member-seat-next = Choose one of the list.
problem-member-standing = A deputy has the same place as the titular member.
problem-member-standing-next = Check the place or for whom they stand in.
problem-member-unit = The unit of work is not written correctly.
problem-member-unit-next = Choose from the lists and use 300 letters or fewer.
problem-member-term = The term is not written correctly.
problem-member-term-next = Write the first day. If you write the last one, it must come later.
problem-member-reason = The reason is missing.
problem-member-reason-next = Whoever has to agree will read it.
problem-member-suplentes = Somebody stands in for this person in their place of now.
problem-member-suplentes-next = First ask to change whom that person stands in for, or to end their membership.
problem-member-agreement = The day of the confidentiality agreement is not right.
problem-member-agreement-next = Write the day on which it was signed, today or before.
problem-member-unchanged = Nothing is changed.
problem-member-unchanged-next = Change what is needed, or go back to the list.
problem-no-member = There is no such member.
problem-no-member-next = Go back to the list of members.
problem-member-suspension-day = The day of the suspension is not right.
problem-member-suspension-day-next = Write a day of the past year or of the next 31 days.
problem-crowded = There are too many attempts to sign in.
problem-crowded-next = Wait a minute and try again.
problem-early = Several codes were wrong. The next one is looked at later.
problem-early-next = Wait up to 15 minutes and type the code of that moment. From a browser in which you signed in before there is no wait.
problem-share-refused = The share was not taken.
problem-share-refused-next = Check that it is your file and your passphrase. If you handed it in already, there is no need to do it again.
problem-unseal-failed = The shares open a key that is not the one of these cases.
problem-unseal-failed-next = The service stays sealed. Tell whoever runs it.
problem-foreign = The request comes from another site.
problem-foreign-next = Nothing was done. Open the committee's desk and do it from there.
problem-token = The request does not carry the token of your session.
problem-token-next = Nothing was done. Open the page again and repeat it.
problem-no-case = There is no case with that number.
problem-no-case-next = Go back to the list and choose one.
problem-not-yours = This is not for your place in the committee.
problem-not-yours-next = Ask the Presidency or one of the Secretariats to do it.
problem-no-copy = You do not have a copy of this case's key yet.
problem-no-copy-next = You get it when another member opens the case. Ask the Presidency or one of the Secretariats.
problem-case-closed = This case cannot be opened.
problem-case-closed-next = Its documents do not fit the key in use. Tell whoever runs the service.
problem-log-changed = The committee's log is not the one that this service wrote.
problem-log-changed-next = Somebody changed the stored data. Nothing was done. Tell the whole committee and whoever runs the service: “guiando audit verify” shows what was changed.
problem-state-changed = What is stored is not what the service itself had noted.
problem-state-changed-next = Somebody removed stored data or put back older data. Nothing was done. Tell the whole committee and whoever runs the service: the data has to be put back as it was.

## Every page

desk-brand = Ethics Committee desk
desk-skip = Skip to the content
desk-leave = Sign out
desk-home = Back to the start
desk-foot = What is read here is confidential. The session ends by itself after 30 minutes without use.
desk-yes = Yes
desk-no = No
desk-sealed-how = If the committee's key is not shared out, whoever runs the service starts it with the identity file and types its passphrase:
desk-sealed-safe = Meanwhile complaints are still received: they wait sealed, and none is lost.

## Opening and sealing the service

desk-unseal = Open with the shares of the key
desk-unseal-lead = The committee's key is shared out among its members. Each member hands in a share here. Once there are enough, the service opens.
desk-unseal-progress = Shares received: { $came } of { $needed }.
desk-unseal-file = File of your share
desk-unseal-file-hint = It has a name like “share-1.key”. It is read in memory alone and not stored.
desk-unseal-passphrase = Your passphrase
desk-unseal-hand-in = Hand in my share
desk-unseal-none = This service does not know which shares open the key. Whoever runs it must start it with the file “committee.pub” that was made together with them:
desk-seal = Seal the service
desk-seal-lead = The service forgets the key and every session ends. To open it, the members' shares are needed again. If the key is not shared out, whoever runs it has to start it anew.
desk-seal-now = Seal now

## Signing in

desk-sign-in = Sign in to the desk
desk-sign-in-lead = For members of the Ethics Committee only.
desk-user = User name
desk-passphrase = Passphrase
desk-enter = Sign in
desk-sign-in-hint = Do you want to file a complaint? This is not the place: use the public page, which asks for no data.

## Second step

desk-second = Second step
desk-second-lead = One thing is missing to show that it is you: a code or a passkey.
desk-second-passkey = With a passkey
desk-second-use-passkey = Use my passkey
desk-passkey-failed = The device did not answer, or you cancelled. Try again or use a code.
desk-second-code = Code
desk-second-code-app = The 6 digits that your app shows now.
desk-second-code-recovery = One of your recovery codes works too.
desk-second-lost = Lost your app and your codes? Ask two members of the committee to readmit you.
desk-demonstration = Demonstration: this account signs in without a second step. Do not use it with real complaints.

## Members

desk-nav = Sections
desk-members = Members
desk-members-order = By place in the committee; those who left come last.
desk-member-name = Name
desk-member-seat = Place in the committee
desk-member-login = User name to sign in with
desk-member-unit = Unit of work
desk-member-term = Term
desk-member-state = State
desk-member-given = Given name or names
desk-member-first-surname = First surname
desk-member-second-surname = Second surname, if any
desk-member-choose = Choose
desk-member-none = None
desk-member-stands-in = Stands in for
desk-member-titular = Nobody: is titular
desk-member-suplente = Stands in for { $name }
desk-member-from = From
desk-member-until = Until, if the term ends
desk-member-ooad = OOAD
desk-member-umae = UMAE
desk-member-place = Centre of work
desk-member-area = Area or service
desk-member-unit-why = The unit tells in which cases the person may not act: nobody attends those of their own unit, except the Presidency and both Secretariats. The area or service is only shown: it is not compared.
desk-member-term-open = From { $from }
desk-member-term-until = From { $from } to { $until }
desk-member-invited = Invited until { $until }
desk-member-expired = The invitation has expired
desk-member-active = Can sign in
desk-member-ended = Left on { $on }
desk-member-change = Changes
desk-member-reason = Reason
desk-member-takes-two = Another member has to agree. Until then nothing happens.
desk-member-readmit = Ask for readmission
desk-member-readmit-why = For whoever lost the passphrase or the second step, or let the invitation expire. They get a link, a code and a new key; what was before no longer works.
desk-member-end = Ask to end the membership
desk-member-end-why = The person can no longer sign in. Their cases change keys.
desk-member-agreement = Confidentiality agreement signed on
desk-amend = Change their details
desk-amend-back = Back to the members
desk-amend-ask = Ask for the change
desk-amend-lead = Once another member agrees, all cases are looked through again with the new name, place and unit, those too in which a recusal was lifted. What was taken from them before does not come back.
desk-amend-changes = Changes
desk-amend-line = { $detail }: { $was } before; { $becomes } now
desk-detail-NAME = Name
desk-detail-SEAT = Place in the committee
desk-detail-STANDING = Standing
desk-detail-UNIT = Unit of work
desk-detail-TERM = Term
desk-detail-AGREEMENT = Confidentiality agreement
desk-detail-titular = Titular
desk-member-suspended = Suspended from { $from }
desk-member-to-be-suspended = { $state }. Is suspended from { $from }
desk-member-suspend = Ask for suspension
desk-member-suspend-why = For whoever has an admitted complaint against them, until it is resolved (numeral 39). Meanwhile they reach only their own account, their cases change keys and whoever stands in acts. Write nothing of the complaint into the reason: members who do not know of it read it too.
desk-member-suspend-from = From which day
desk-member-reinstate = Ask to lift the suspension
desk-member-reinstate-why = The person acts again at once. They get back the cases that are theirs when another member opens them; those kept from them for a conflict of interest stay so.
desk-invite = Invite
desk-invite-link = Hand this link over in person. It is shown only this once.
desk-invite-link-next = It works once and expires in 7 days. Do not send it by mail or message.
desk-invite-link-waits = It works once another member agrees. That person gets a code and says it to whoever comes in: the link alone is not enough.
desk-invite-code = Say this code, apart from the link. Both together let in.
desk-found = Found the committee
desk-found-lead = The service is open and nobody can sign in yet. Invite the first members. This page ends when the first one accepts, or in 30 minutes.
desk-found-invited = You have invited
desk-seat-PRESIDENCIA = Presidency
desk-seat-SECRETARIA_EJECUTIVA = Executive Secretariat
desk-seat-SECRETARIA_TECNICA = Technical Secretariat
desk-seat-ELECTA = Elected member
desk-seat-REPRESENTACION_OIC = Representation of the OIC
desk-seat-CONSEJERA = Counsellor
desk-seat-ASESORA = Adviser
desk-seat-INVITADA = Guest

## Accepting an invitation

desk-enrol = You are invited to the ethics committee
desk-enrol-code-lead = Type the code that you were told. It is not the link.
desk-enrol-code = Code of the invitation
desk-enrol-code-send = Go on
desk-enrol-code-left = { $count ->
    [one] 1 try is left.
   *[other] { $count } tries are left.
}
desk-enrol-lead = Check that it is you. Then make your passphrase and your second step. Nobody else will know them.
desk-enrol-agreement = Confidentiality agreement
desk-enrol-agreement-text = I undertake not to make known what I learn through the committee: neither the cases, nor who reports, nor who is reported, nor what is said in session. This duty stays with me when I leave the committee. If I have a conflict of interest, I say so and do not act.
desk-enrol-agreement-source = Source: duties of the members (CHIS 23 and 34; LGRA 58).
desk-enrol-agree = I have read it and accept it today.
desk-enrol-phrase = Passphrase
desk-enrol-phrase-hint = At least 12 letters. Best are four words at random that only you know. If you lose it, nobody can bring it back.
desk-enrol-again = The same once more
desk-enrol-second = Second step
desk-enrol-with-app = Accept with the app
desk-enrol-or-passkey = Or use a passkey: your phone, your fingerprint or a physical key. Type your passphrase first.
desk-enrol-with-passkey = Accept with a passkey
desk-enrolled = You are part of the desk now
desk-enrolled-lead = Sign in with the user name { $login }, your passphrase and your second step.
desk-app = Code app
desk-app-how = Read this picture with a code app on your phone. The app shows 6 digits that change.
desk-app-picture = Picture for the code app
desk-app-typed = If you cannot read it, type this key:
desk-app-code = The 6 digits that it shows
desk-app-there = You have an app.
desk-app-none = You have no app.
desk-app-set = Set up a new app
desk-app-remove = Remove the app
desk-codes = Recovery codes
desk-codes-once = Write down or print these codes now. They are not shown again. Each works once, if you lose your second step.
desk-codes-keep = Keep them on paper, away from your computer and your passphrase.
desk-codes-left = { $count ->
    [one] You have 1 code left.
   *[other] You have { $count } codes left.
}
desk-codes-new = Make new codes
desk-codes-new-why = The ones before no longer work.

## My access

desk-account = My access
desk-account-back = Back to my access
desk-away-suspended = You are suspended from the committee from { $from }.
desk-away-term = Your term in the committee is not running.
desk-away-meanwhile = Meanwhile you can only see and look after your own account here.
desk-sessions = My sessions
desk-session-line = Since { $begun }; last used { $used }.
desk-session-this = It is this one.
desk-session-end = End
desk-session-end-others = End all others
desk-devices = Passkeys
desk-devices-none = You have no passkeys.
desk-device-label = Name to recognise it by
desk-device-add = Add a passkey
desk-device-remove = Remove
desk-current = Your present passphrase
desk-phrase = Passphrase
desk-phrase-new = New passphrase
desk-phrase-change = Change my passphrase
desk-own-key = Your public key
desk-own-key-why = The cases that you may open are sealed for you with it. Only your passphrase opens the other half.

## The list

desk-cases = Cases
desk-count-all = in the list
desk-count-urgent = of urgent priority
desk-count-overdue = with a term overdue
desk-count-soon = with a term ending soon
desk-count-review = for a person's review
desk-backlog-quarantined = { $count ->
    [one] 1 envelope was set aside because it could not be opened. It is kept whole.
   *[other] { $count } envelopes were set aside because they could not be opened. They are kept whole.
}
desk-backlog-foreign = { $count ->
    [one] 1 envelope is sealed to another key of the committee and waits for that key.
   *[other] { $count } envelopes are sealed to another key of the committee and wait for that key.
}
desk-any = All
desk-year = Year
desk-filter = Filter
desk-filter-none = Remove the filter
desk-empty = There are no cases yet.
desk-empty-next = When a complaint arrives, it appears here with its number.
desk-empty-filter = No case fits the filter.
desk-folio = Number
desk-priority = Priority
desk-risk = Ethical risk
desk-state = State
desk-place = OOAD or UMAE
desk-received = Received
desk-next-term = Next term
desk-no-term = No term runs.
desk-unclassified = Not classified
desk-untold = Not told
desk-review = Human review

## One case

desk-back = All cases
desk-danger = There is danger right now
desk-danger-next = The complainant says there is immediate danger. Read the case now and consider protection measures.
desk-alarm = A life may be at risk and nobody has attended to it yet.
desk-alarm-next = Open it now. When somebody attends to it, clear the mark among the steps of the case:
desk-alarm-others = and { $count } more.
desk-alarm-unknown = It cannot be found out now whether a life is at risk.
desk-alarm-unknown-next = Load the page again. If this notice stays, talk to whoever runs the service.
desk-keep-from = They must not learn of this case
desk-keep-from-next = The complainant asked that these people be kept out. Honour it before sharing anything:
desk-retaliation = The complainant fears or suffers retaliation.
desk-narrative = Account
desk-unseen = The account has characters that cannot be seen. Here they are shown by their number, like this: ⟦U+202E⟧. One of them could change the order in which it is read.
desk-marks = Highlighted: the phrases that moved the proposed classification.
desk-suspected = The complainant thinks it is: { $risk }.
desk-people = People denounced
desk-facts = Facts
desk-witnesses = Witnesses
desk-wishes = What is asked for
desk-reporter = Complainant
desk-anonymous = Anonymous
desk-messages = Messages with the complainant
desk-no-messages = There are none.
desk-messages-order = In the order of their mailbox. The hour is not kept.
desk-register = Register
desk-terms = Terms
desk-term-runs = A term of { $length } from { $date }, which does not count.
desk-source = Source
desk-confidence = Confidence
desk-advisory = It only warns; it decides nothing.
desk-proposal = Proposed classification
desk-decides = This is an automatic proposal: the decision is a person's.
desk-review-why = This one asks for somebody to review it before it is followed.
desk-no-proposal = There is no proposal yet; the next round makes it.
desk-also = There may also be
desk-urgency = Urgency of the account
desk-mediation = Mediation
desk-protocol = Protocol
desk-no-protocol = No special one
desk-referral = Notice to the control body
desk-referral-alert = { $when } Ask what became of it after { $term }.
desk-reasons = Reasons and rules
desk-rule-risk = Because of the risk: { $risk }.
rule-peligro_inmediato = Whoever filed says that there is danger now: the priority is urgent, and a person reads the case.
rule-urgencia_alta = The account shows high urgency: the priority is high or above.
rule-urgencia_media = The account shows medium urgency: the priority is medium or above.
rule-clasificacion_dudosa = The proposed classification is doubtful: a person reviews it.
rule-fuera_competencia = It may be outside the committee's competence: a person decides.
rule-AV01 = Told of every case.
rule-AV02 = Told of every case.
rule-AV03 = Told when a person has to review the proposal.
rule-AV04 = Told when there is danger now.
rule-AV05 = Told when the protocol on sexual harassment is followed.
rule-AV06 = Told when the protocol on sexual harassment is followed.
rule-AV07 = Told when the protocol on discrimination is followed.
rule-AV08 = Told when the protocol on discrimination is followed.
rule-AV09 = Told when notice to the internal control body may be due.
rule-COM01 = Only elected members who may know of the case are proposed; the chair appoints the commission.
rule-COM02 = If there are more of them than places, they are proposed by turn, by the number of the case.
desk-phrases = Phrases by risk
desk-probabilities = Probabilities
desk-probability = Probability
desk-orientation = Guidance to other bodies
desk-verified = (verified on { $date })
desk-model = Classifier: { $model }.

## Names of the facts

desk-fact-received = Received on
desk-fact-state = State
desk-fact-ooad = OOAD
desk-fact-umae = UMAE
desk-fact-messages = Later messages
desk-fact-name = Name
desk-fact-position = Post
desk-fact-area = Area
desk-fact-rank = Line of command
desk-fact-description = Description
desk-fact-contact = Contact
desk-fact-from = From
desk-fact-to = To
desk-fact-ongoing = Still going on
desk-fact-frequency = Frequency
desk-fact-place-kind = Where
desk-fact-place-detail = Place, in their words
desk-fact-danger = Immediate danger
desk-fact-retaliation = Retaliation
desk-fact-protection = Asks for protection measures
desk-fact-support = Support asked for
desk-fact-consent = Agrees to hand it to the control body
desk-fact-notice = Privacy notice that was shown, edition
desk-fact-filed-with = Already filed with
desk-fact-identity = Identity
desk-fact-role = Capacity
desk-fact-bond = Tie to the Institute
desk-fact-sex = Sex
desk-fact-age-group = Age
desk-fact-workplace-kind = Kind of workplace
desk-fact-workplace-place = Workplace, in their words

## Codes in words

state-RECIBIDA = Received
state-EN_REVISION = Under review
state-PREVENIDA = Information asked for
state-REGISTRADA = Registered
state-EN_ANALISIS = In analysis
state-ARCHIVADA_SIN_TRAMITE = Filed away without procedure
state-NO_ADMITIDA = Not admitted
state-ORIENTADA = Guided to another body
state-ADMITIDA = Admitted
state-EN_INDAGACION = Under inquiry
state-EN_DESCARGO = Awaiting the answer
state-EN_PRUEBAS = Gathering evidence
state-EN_MEDIACION = In mediation
state-EN_PROYECTO = Drafting
state-EN_DETERMINACION = In determination
state-DETERMINADA = Determined
state-EN_SEGUIMIENTO = In follow-up
state-CONCLUIDA_MEDIACION = Concluded by mediation
state-CONCLUIDA_ANTICIPADA = Concluded early
state-REABIERTA = Reopened
state-CONCLUIDA = Concluded
priority-urgente = Urgent
priority-alta = High
priority-media = Middle
priority-baja = Low
urgency-alta = High
urgency-media = Middle
urgency-baja = Low
mediation-possible = Possible, if only the personal sphere is hurt
mediation-case_by_case = A person decides, case by case
mediation-blocked_by_default = Not open, unless it is documented that it does not revictimise
mediation-forbidden = Not open
protocol-HSYAS = Sexual harassment protocol
protocol-DISC = Discrimination protocol
referral-always_assess = Always weighed, with the will of the presumed victim.
referral-mandatory_if_fault = Mandatory where there are elements of an administrative fault.
referral-if_fault = Possible where there are elements of an administrative fault.
confidence-a = the norm itself was read.
confidence-b = a state text that follows the federal one.
confidence-c = to be confirmed.
signal-EN_TIEMPO = On time
signal-MITAD = Half way
signal-POR_VENCER = Ending soon
signal-VENCE_HOY = Ends today
signal-VENCIDO = Overdue
subject-priority = Priority
subject-mediation = Mediation
subject-protocol = Protocol
subject-escalation = Reason
unit-working_days = { $count ->
    [one] 1 working day
   *[other] { $count } working days
}
unit-calendar_days = { $count ->
    [one] 1 calendar day
   *[other] { $count } calendar days
}
unit-months = { $count ->
    [one] 1 month
   *[other] { $count } months
}
unit-years = { $count ->
    [one] 1 year
   *[other] { $count } years
}
desk-rank-SUPERIOR = Higher post than the person affected
desk-rank-MISMO_NIVEL = Same level
desk-rank-SUBORDINADA = Lower post
desk-rank-SIN_RELACION = Outside the line of command
desk-rank-NO_SE = Not known
desk-referral-consent-SI = Yes
desk-referral-consent-NO = No
desk-referral-consent-QUIERO_ORIENTACION = Wants guidance before deciding
desk-reporter-role-PRESUNTA_VICTIMA = Presumed victim
desk-reporter-role-TESTIGO = Witness
desk-reporter-role-TERCERO = Third party
desk-reporter-role-PERSONA_CONSEJERA = Counsellor
desk-reporter-role-INTEGRANTE_COMITE = Member of the committee
desk-bond-PERSONA_SERVIDORA_PUBLICA = Public servant
desk-bond-RESIDENTE_O_BECARIA = Resident or scholarship holder
desk-bond-SERVICIO_SOCIAL = Social service or internship
desk-bond-HONORARIOS = Fee contract
desk-bond-SUBCONTRATADA = Employed by a contractor
desk-bond-DERECHOHABIENTE = Insured person
desk-bond-PARTICULAR = Member of the public
desk-bond-NO_DICE = Preferred not to say
desk-sex-MUJER = Woman
desk-sex-HOMBRE = Man
desk-sex-OTRO = Other
desk-sex-NO_DICE = Preferred not to say
desk-age-group-15-19 = 15 to 19
desk-age-group-20-29 = 20 to 29
desk-age-group-30-39 = 30 to 39
desk-age-group-40-49 = 40 to 49
desk-age-group-50-59 = 50 to 59
desk-age-group-60_O_MAS = 60 or over
desk-age-group-NO_DICE = Preferred not to say

## Recusals and who may see a case

problem-nobody-left = Nobody else could open this case.
problem-nobody-left-next = Nothing was done. First share it with another member who has no conflict.
problem-kept-out = This person has a conflict in this case.
problem-kept-out-next = It was not shared. If it is a namesake or a mistake, ask for the recusal to be lifted.
problem-taken-by-two = Two people took this case from this person.
problem-taken-by-two-next = It was not shared. Giving it back takes two people: ask for it under “Lift a recusal”.
problem-no-key-yet = This person has not accepted the invitation yet.
problem-no-key-yet-next = It was not shared. You can share it once they have signed in for the first time.
desk-who-sees = Who may see this case
desk-may-open = May open it
desk-by-seat = By their seat in the committee.
desk-by-shared = It was shared with them.
desk-by-suspended = They are suspended: they cannot open it for now.
desk-waits-copy = They get their copy of the key when somebody else opens the case.
desk-kept-out = May not see it
desk-kept-out-none = Nobody of the committee is kept out.
desk-kept-out-secret = For these people the case does not exist. Do not speak to them about it.
desk-since = Since { $date }.
desk-withheld = It may be about this person. They do not see it until the committee decides.
desk-no-member-any-more = Somebody who is no member any more
desk-unplaced = Wishes that match nobody of the committee
desk-unplaced-next = The person who filed asked to keep out somebody whom the system does not recognise. Read them: if a member is meant, propose their recusal.
desk-recusals-link = Recusals and sharing
desk-recusals = Recusals of a case
desk-back-case = Back to the case
desk-why = { $written } ({ $place }): { $matched }.
desk-why-misspelt = { $written } ({ $place }): { $matched }, with one letter different.
desk-where-people = among the accused
desk-where-described = in what is told of the accused
desk-where-keep-from = among those who must not know of the case
desk-where-witnesses = among the witnesses
desk-where-narrative = in the account
desk-where-message = in a later message
desk-where-workplace = in the centre of work
desk-where-facts = in the facts
desk-how-NOMBRE_COMPLETO = it is their full name
desk-how-NOMBRE_Y_APELLIDO = it matches their given name and one surname
desk-how-DOS_APELLIDOS = it matches both their surnames
desk-how-INICIAL_Y_APELLIDO = it matches their initial and one surname
desk-how-UN_APELLIDO = it matches one surname
desk-how-NOMBRE_DE_PILA = it matches their given name
desk-how-CARGO = it names their seat in the committee
desk-how-COMITE = it speaks of the committee without saying of whom
desk-how-CENTRO_DE_TRABAJO = it is their centre of work
desk-how-OOAD_O_UMAE = it is their OOAD or UMAE, the centre of work being unknown
kept-out-DENUNCIADA = Is among the accused.
kept-out-RESERVADO = Conflict of interest; the reason is reserved.
kept-out-UNIDAD = Works in the unit that it is about (CHIS 34).
kept-out-MENCIONADA = Is named in what was written.
kept-out-DECLARADO = Declared a conflict (LGRA 58; CHIS 34).
kept-out-DECIDIDO = The committee decided so (CHIS 34).
desk-said-declared = What they said: { $reason }
desk-said-recused = Proposed by { $by }: { $reason }
desk-said-lifted = It had been lifted as { $by } proposed: { $reason }
desk-few = Too few are left to act on this case
desk-few-tag = Members missing
desk-few-seat = Nobody can act for this seat: { $seat } ({ $source }).
desk-few-quorum = { $left } seats with a vote can act, and it takes { $needed } ({ $source }).
desk-few-persons = { $left } can open it, and it takes { $needed } for what nobody decides alone.
desk-few-next = The committee cannot decide this case so. Share it with the representation of the control body, or refer it to that body:
desk-few-share = Share with { $name }
desk-waiting-recusals = Waiting for a decision
desk-waits-recusal = Recusal of { $name }
desk-waits-lift = Lifting the recusal of { $name }
desk-waits-until = Until { $date }.
desk-decide-there = Decide it among the acts of two persons
desk-recusal-why = Reason
desk-recusal-whom = Member
desk-declare = Declare a conflict
desk-declare-lead = If you, your family or your business have an interest in this case, or if you doubt that you can be impartial, declare it. From then on the case does not exist for you, and your deputy acts.
desk-declare-why-hint = Only those who may open the case read it. You cannot read it again.
desk-declare-now = Declare and stop seeing this case
desk-declared = Your declaration is on record. That case does not exist for you any more.
desk-propose = Propose somebody else's recusal
desk-propose-lead = Another member decides. The person meant learns neither of the proposal nor of who made it.
desk-propose-now = Propose
desk-recusal-proposed = The proposal is on record. Another member will decide.
desk-lift = Lift a recusal
desk-lift-lead = Use this for a namesake or a mistake, or to give back a case that was taken away. Another member decides.
desk-lift-now = Ask for it to be lifted
desk-lift-proposed = The request is on record. Another member will decide.
desk-share = Share the case
desk-share-lead = The person will be able to read the whole case. If the system finds that they have a conflict, it is not shared.
desk-share-whom = With whom
desk-share-now = Share
desk-case-shared = It is shared. That person can open the case now.

## Files of a case

desk-files = Files
desk-files-care = A person who is not known sent them. A clean copy of each opens here; the original is asked for on its page.
desk-view = File of the case
desk-view-lead = What you see is a clean copy, made just now for reading: without hidden data and without anything that could harm your computer. It is kept nowhere.
desk-view-text = Text of the file
desk-view-empty = The file has no text.
desk-view-picture = Picture of the file
desk-view-pages = Pages of the file: { $count }
desk-view-page = Page { $number }
desk-view-alt = Page { $number } of the file. If it does not appear, it could not be drawn: ask for the original below.
desk-view-cut = The file is longer. To see the rest, ask for the original.
desk-view-earlier = Earlier pages
desk-view-later = Later pages
desk-view-malformed = The file is damaged and cannot be shown.
desk-view-bomb = It is not shown: opening it would take more memory or time than any ordinary file. It may be made to harm computers.
desk-view-mislabelled = It is not shown: it is not what it says.
desk-view-encrypted = It cannot be shown: it asks for a password. You can ask the person who sent it for it, in a message.
desk-view-macros = It is not shown: there are programs inside.
desk-view-too-large = It is too large to be shown here.
desk-view-unsupported = No clean copy can be made of this type of file (sound, video and some pictures of telephones). If it has to be seen or heard, ask for the original.
desk-view-no-page = The file has no such page.
desk-view-unreadable = What is in it could not be read. If it has to be seen, ask for the original.
desk-view-timeout = It took too long and was given up. Load the page again later.
desk-view-busy = Files are being shown to others now. Load the page again in a moment.
desk-view-unavailable = The program that shows files does not answer. Tell whoever runs the service.
desk-original = The file as it was sent
desk-original-care = It may bring programs that harm your computer, or that tell somebody it was opened. Open it only on a computer of its own, without a connection. The log keeps that you downloaded it, and what for.
desk-original-why = What you need it for
desk-original-take = Download the original
original-need-SIN_VISTA = There is no clean copy, or it does not show what is needed
original-need-PERITAJE = Whether it is genuine has to be examined
original-need-AUTORIDAD = An authority asks for it
problem-no-view = This part of the file cannot be shown.
problem-no-view-next = Go back to the page of the file. There you can ask for the original.
desk-version-original = As it was sent
desk-version-cleaned = Without hidden data
desk-wholeness-whole = Whole
desk-wholeness-incomplete = A part is missing.
desk-wholeness-damaged = It is not the file that was sent.
problem-no-file = The case has no such file.
problem-no-file-next = Go back to the case and choose one of its list.
problem-file-damaged = This file did not arrive whole and cannot be handed over.
problem-file-damaged-next = What there is of it is kept. Ask the person, in a message, to send it again.
## Letters to the person who filed

problem-asked-before = Information was asked for once already, or the case has moved on.
problem-asked-before-next = The rules allow it once only. You can write a plain message.
desk-write = Write to the complainant
desk-write-text = Message
desk-write-hint = They will read it in their mailbox with their 12 words. Write nothing that tells who they are, nor data of the denounced person.
desk-write-send = Send message
desk-write-ask = Ask for what is missing
desk-write-ask-hint = You can ask only once. If you ask today, the person may answer until { $date }.
desk-write-missing = If you ask for information: what is missing?
desk-asks = Request
desk-answers = Answers the request
desk-from-complainant = Complainant
desk-from-committee = Committee
desk-from-system = Automatic notice

## Log

desk-log = Log
desk-log-lead = What was done in the service, and who did it. Nobody can change or delete it unnoticed.
desk-log-own = You see what you did, what is about you, and what was done on the cases that you may open.
desk-log-all = Because of your seat you also see what the other members did.
desk-log-empty = There is nothing to show yet.
desk-log-order = The newest comes first.
desk-log-number = No.
desk-log-when = When
desk-log-what = What was done
desk-log-no-case = None
desk-log-newest = Show the newest
desk-log-older = Show older ones
desk-log-about = { $act } ({ $about })
desk-log-seal = Seal of the day: to check that nobody cut the log
desk-log-seal-lead = Note this seal outside the service, for example in the minutes of the session. If somebody changes or removes what was written until then, whoever runs the service cannot hide it: “guiando audit verify --head” compares it.
desk-log-seal-since = Seal since
desk-log-seal-none = This day has not been sealed yet. Come back in a few minutes.
desk-log-key = Public key with which the log is signed:
desk-log-someone = a person who is no longer on the list
desk-log-service = The service
desk-log-founders = Whoever founded the service
desk-log-operator = Whoever runs the service
desk-log-unknown = Somebody without a session
log-SIGNED_IN = { $who } signed in.
log-SIGN_IN_REFUSED = Somebody tried to sign in and could not. Attempts: { $count }.
log-SIGN_IN_REFUSED-whom = Somebody tried to sign in to the account of { $whom } and could not. Attempts: { $count }.
log-SESSION_ENDED = { $who } ended a session.
log-FACTOR_CHANGED = { $who } changed how they sign in: the passphrase, the second step or the codes.
log-CASE_OPENED = { $who } opened case { $case }.
log-FILE_OPENED = { $who } opened a file of case { $case }.
log-ORIGINAL_TAKEN = { $who } downloaded a file of case { $case } as it was sent. What for: { $need }.
log-LETTER_SENT = { $who } wrote to the person who filed case { $case }.
log-STEP_MADE = { $who } made a step of the procedure in case { $case }: { $step }.
log-ACT_REFUSED = { $who } asked for something and was refused: { $act }. Times: { $count }.
log-MEMBER_INVITED = { $who } invited { $whom }.
log-INVITATION_REFUSED = Somebody opened the invitation of { $whom } and typed a wrong code. Tries left: { $count }.
log-MEMBER_ADMITTED = { $whom } accepted the invitation and can sign in.
log-MEMBER_READMITTED = { $who } readmitted { $whom }.
log-MEMBERSHIP_ENDED = { $who } ended the membership of { $whom }.
log-MEMBER_AMENDED = { $who } changed details of { $whom }. { $changes }.
log-MEMBER_SUSPENDED = { $who } suspended { $whom } from { $from }.
log-SUSPENSION_LIFTED = { $who } lifted the suspension of { $whom }.
log-CONFLICT_DECLARED = { $who } declared a conflict of interest in case { $case }.
log-CONFLICT_FOUND = The service found a conflict of interest of { $whom } in case { $case }: { $ground }.
log-CASE_RULED = The service ruled who may open case { $case }. They are { $count }. It is written down as the day begins.
log-RECUSAL_PROPOSED = { $who } proposed that { $whom } be kept out of case { $case }.
log-RECUSAL_UPHELD = { $who } decided that { $whom } be kept out of case { $case }.
log-RECUSAL_REJECTED = { $who } decided that { $whom } has no conflict of interest in case { $case }.
log-CASE_SHARED = { $who } shared case { $case } with { $whom }.
log-CASE_ROTATED = { $who } gave case { $case } a new key.
log-CASE_ROTATED-whom = { $who } took the access to case { $case } from { $whom }; it has a new key.
log-COPIES_GIVEN = { $who } passed on copies of the key of case { $case } to those who were due one. People: { $count }.
log-IDENTITY_UNMASKED = { $who } saw the reserved identity of case { $case }.
log-CASE_EXPORTED = { $who } took out the whole file of case { $case }.
log-CASE_DELETED = { $who } deleted case { $case }.
log-ACT_PROPOSED = { $who } asked for another person's agreement: { $act }.
log-ACT_SECONDED = { $who } agreed: { $act }.
log-ACT_DECLINED = { $who } did not agree: { $act }.
log-ACT_EXPIRED = What waited for agreement has lapsed: { $act }.
log-PROFILE_CHOSEN = { $who } chose the official calendar that terms are counted with: { $profile }.
log-TERMS_SUSPENDED = { $who } entered that terms stand still from { $from } on. Days: { $count }.
log-TERMS_RESUMED = { $who } took back the suspension of terms that began on { $from }. Days: { $count }.
log-SERVICE_OPENED = { $who } opened the service with the committee's key.
log-SERVICE_OPENED-shares = The service was opened with shares of the key. Shares: { $count }.
log-SERVICE_SEALED = { $who } sealed the service.
log-SHARES_REFUSED = While the service was sealed, shares were handed in that did not fit. Times: { $count }.
log-KEY_ROTATED = { $who } changed the committee's key.
log-KEY_RETIRED = { $who } gave up the committee's older keys.
log-SHARES_REFRESHED = { $who } split the committee's key anew.
log-RECOVERY_USED = { $who } opened case { $case } with the pieces of last resort.
log-RECOVERY_CONFIRMED = { $who } confirmed who holds the pieces of last resort. People: { $count }.
log-RECOVERY_FILE_DIFFERS = The file of the holders of last resort, on the server, is not the list that was confirmed. It was not believed.
log-STATE_ACCEPTED = { $who } accepted with the committee’s key what is left in the service, because something was missing that had been noted.
log-STATE_NOTED = The service noted how far its own state is.
log-DAY_BEGUN = A day began.
act-READ_REGISTER = seeing the list of cases
act-READ_CASE = opening a case
act-READ_FILE = opening a file
act-WRITE_TO_PERSON = writing to the person who filed
act-TAKE_STEP = make a step of the procedure
act-DECLARE_CONFLICT = declaring a conflict of interest
act-PROPOSE_RECUSAL = proposing a recusal
act-DECIDE_RECUSAL = deciding on a recusal
act-SHARE_CASE = sharing a case
act-ROTATE_CASE = taking a person's access to a case
act-UNMASK_IDENTITY = seeing a reserved identity
act-EXPORT_CASE = taking out a whole case
act-DELETE_CASE = deleting a case
act-READ_MEMBERS = seeing the list of members
act-INVITE_MEMBER = inviting a person
act-END_MEMBERSHIP = ending a person's membership
act-READMIT_MEMBER = readmitting a person
act-AMEND_MEMBER = changing a member's details
act-SUSPEND_MEMBER = suspending a member or lifting it
act-READ_LOG = reading the log
act-OVERSEE_LOG = looking through what others did
act-SET_CALENDAR = enter the days on which terms stand still
act-RECOUNT_TERMS = take over terms counted anew
act-SEAL_SERVICE = sealing the service
act-OWN_ACCOUNT = using one's own account
act-SECOND_ACT = seeing what waits for a second person
act-GIVE_COPIES = passing on copies of keys
ground-DENUNCIADA = they are denounced in it
ground-RESERVADO = the reason is reserved
ground-UNIDAD = they work in the same unit
ground-DECLARADO = they declared it
ground-DECIDIDO = so it was decided
ground-MENCIONADA = they are named in what was written
## Acts of two persons

problem-no-act = There is no such act.
problem-no-act-next = Go back to the list of acts.
problem-act-closed = This act does not wait for an answer any more.
problem-act-closed-next = Somebody else answered, or the time is over. The list of acts says what became of it.
problem-act-lapsed = Whoever asked for this act may not ask for it any more.
problem-act-lapsed-next = Nothing was done and the act is closed. If it is needed, another member can ask for it.
problem-act-outdated = That person's details were changed after this was asked for.
problem-act-outdated-next = Nothing was done and the act is closed. Look at the details of now and ask again if it is needed.
problem-not-agreed = This takes the agreement of two members.
problem-not-agreed-next = Ask for it on the page of the case. Once another member agrees, you can do it for 24 hours.
desk-acts = Acts of two persons
desk-acts-nav = Acts
desk-acts-lead = What is asked for here is done only if another member agrees. Read the reason before you answer. Every step is in the log.
desk-acts-await = Waiting for your answer
desk-acts-own = Asked for by you
desk-acts-others = Others under way
desk-acts-over = Closed
desk-acts-none = None for now.
desk-acts-group = Part
desk-act-what = What is asked for
desk-act-by = Asked for by
desk-act-when = When
desk-act-reason = Reason
desk-act-follows = What follows if it is agreed to
desk-act-somebody = Somebody who is no member any more
desk-act-approve = I agree
desk-act-refuse = I do not agree
desk-act-withdraw = Take my request back
desk-act-waits = Waits for an answer until { $until }
desk-act-unfinished = Agreed to; not finished yet
desk-act-open = Agreed to by { $name }; open until { $until }
desk-act-over = Agreed to by { $name }; done
desk-act-no = { $name } does not agree; the others still can
desk-act-refused = Not agreed to by { $name }
desk-act-withdrawn = Taken back by whoever asked
desk-act-expired = Closed without agreement
desk-act-whom = Member
desk-act-why = Reason
desk-act-why-hint = Whoever has to agree will read it. Do not write more personal data than is needed.
desk-act-ask = Ask
desk-moment = { $date }, { $time }
desk-two = Acts of two persons
desk-two-lead = You ask, and another member who may open this case has to agree.
desk-reserved = Reserved
desk-unmasked-until = Two members agreed on seeing this identity. You see it until { $until }. The log says so each time that it is shown.
desk-export-until = Two members agreed on taking the case out. You can download it until { $until }. Keep it encrypted: out there this service protects it no longer.
desk-export-now = Download the case
desk-code = Code of an invitation
desk-code-for = This code is for { $name }. Say it to them: whoever asked for the invitation hands the link over.
desk-code-once = It is shown only now. It works once, together with the link, for seven days. If it is lost, or typed wrong 5 times, another invitation has to be asked for. Do not give it to whoever has the link for somebody else.
two-UNMASK_IDENTITY = See the reserved identity
two-UNMASK_IDENTITY-follows = Both see the name and the contact of the person who filed for 24 hours.
two-EXPORT_CASE = Take the whole case out
two-EXPORT_CASE-follows = Both can download the case for 24 hours. The reserved identity is not in it, unless seeing it was agreed on too.
two-DELETE_CASE = Delete the case
two-DELETE_CASE-follows = The case, its files and the mailbox of the person who filed are deleted at that moment and for good. The folio, who agreed and the reason stay.
two-ROTATE_CASE = Take a member's access away
two-ROTATE_CASE-follows = The case gets a new key that this member does not have. They will know that the case exists, but not be able to open it.
two-RECUSE = Keep a member out
two-RECUSE-follows = For this member the case exists no longer, and it gets a new key that they do not have. Whoever stands in for them steps in.
two-LIFT_RECUSAL = Let a member back in
two-LIFT_RECUSAL-follows = This member may know of the case again and, if the seat allows it, open it.
two-INVITE_MEMBER = Invite somebody to the committee
two-INVITE_MEMBER-follows = Whoever asked has the link. Whoever agrees sees a code that works once, to be said. It takes both.
two-END_MEMBERSHIP = End the membership of a person
two-END_MEMBERSHIP-follows = That person cannot sign in any more from that moment on, and the cases that they could open get new keys.
two-READMIT_MEMBER = Readmit a member
two-READMIT_MEMBER-follows = What they used to sign in no longer works. Whoever asked has the link. Whoever agrees sees a code that works once, to be said. It takes both.
two-AMEND_MEMBER = Change a member's details
two-AMEND_MEMBER-follows = The details change at that moment and open cases are looked through again. If a conflict of interest is found, the case ceases to exist for that person and gets a new key.
two-SUSPEND_MEMBER = Suspend a member
two-SUSPEND_MEMBER-follows = From { $from } that person reaches only their own account. The cases that they could open get new keys that they do not have, and whoever stands in acts.
two-LIFT_SUSPENSION = Lift the suspension of a member
two-LIFT_SUSPENSION-follows = That person acts again and gets back the cases that are theirs. Those kept from them for a conflict of interest stay so.

## Copies of keys

desk-copies = { $count ->
    [one] One case waits for you to give copies of its key to other members.
   *[other] { $count } cases wait for you to give copies of their keys to other members.
}
desk-copies-give = Give the copies

## Holders of the pieces of last resort

desk-holders = Last resort
desk-holders-lead = The key of each case is split among these people. If nobody of the committee can open it any more, they open it together. It takes: { $count }.
desk-holders-none = Nobody holds pieces of the keys. A case that nobody of the committee can open any more is lost. The committee confirms who gets them with “guiando keys confirm”.
desk-holders-differ = The file on the server is not the list that the committee confirmed.
desk-holders-differ-next = It was not believed: nobody gets pieces by that file. If the committee did not change it, tell all members. If the list is new, confirm it with “guiando keys confirm”.

## Notices by mail

desk-mail = Notices by mail
desk-mail-every = { $minutes ->
    [one] Every minute
    [60] Every hour
   *[other] Every { $minutes } minutes
} the same message goes to each member who wants it, whether or not anything waits.
desk-mail-why = So nobody can tell from the mail that somebody filed. It never says anything about a case.
desk-mail-none = You get no notices by mail.
desk-mail-address = Mail address
desk-mail-key = Public OpenPGP or age key (optional)
desk-mail-key-hint = One of OpenPGP begins with BEGIN PGP PUBLIC KEY BLOCK; paste all of it. One of age begins with age1. With either the notice is encrypted for you and also says how many terms end and how many cases are urgent, in numbers alone. Without it the notice always says the same. Only the part that encrypting takes is kept, without names.
desk-mail-set = Keep my address
desk-mail-stop = Get no notices
desk-mail-taken = The mail server took the last notice: { $at }.
desk-mail-waits = The next notice is about to go.
desk-mail-tried = { $count ->
    [one] The mail server has not taken the last notice. It was tried once and will be tried again.
   *[other] The mail server has not taken the last notice. It was tried { $count } times and will be tried again.
}
desk-mail-subject = Scheduled notice
desk-mail-text =
    This notice always goes at the same time, whether or not anything waits.
    Go to the committee's desk to see whether there is something to attend to.
    Do not answer this message.
desk-mail-waiting =
    Terms that are over: { $overdue }
    Terms that end today or on the next working day: { $due }
    Open cases that are urgent: { $urgent }
problem-mail-address = The mail address is not valid.
problem-mail-address-next = Nothing was changed. Write it as name@domain, without accents.
problem-mail-key = The key is not a public key of OpenPGP or age, or there are several.
problem-mail-key-next = Nothing was changed. Copy one whole key, from BEGIN PGP PUBLIC KEY BLOCK to END, or one that begins with age1; or leave the field empty.
problem-mail-key-private = That is a private key.
problem-mail-key-private-next = Nothing was kept. Whoever has your private key can read what is sent to you: if you pasted it elsewhere too, make another. Only the public key goes here.
problem-mail-key-useless = Nothing can be encrypted with that OpenPGP key.
problem-mail-key-useless-next = Nothing was changed. The key has no part in force that encrypts, or it was revoked. Export your public key again, or leave the field empty.
problem-mail-key-ended = The time of that OpenPGP key is over.
problem-mail-key-ended-next = Nothing was changed. Extend it in your mail program and export the public key again, or leave the field empty.
log-CONTACT_CHANGED = { $who } changed where they get notices by mail, or stopped getting them.

## Steps of the procedure

problem-step-refused = That step was not made
problem-case-moved-on = The case has changed meanwhile
problem-case-moved-on-next = Somebody else worked on it. Open it again and look before you repeat the step.
refused-not-now = “{ $step }” is not possible in the state “{ $state }”. See the steps that are open.
refused-not-yours = This step is for: { $seats }.
refused-only-once = “{ $step }” is done only once in a case.
refused-mediation-forbidden = Mediation is forbidden in this case (rule { $rule }). Go on with the draft.
refused-protocol-forbids = { $protocol } does not let the case end for what is missing. Register it and go on.
refused-joined = The case was joined to another. Act there.
refused-term-still-runs = The term “{ $term }” runs until { $date }. It can still be kept.
refused-term-is-over = The term “{ $term }” ended on { $date }. It had to be asked for before.
refused-missing-ACUERDO_DE_SESION = The agreement of the session that decided is missing.
refused-missing-ELEMENTO = Say at least one element that is missing.
refused-missing-INSTANCIA = Name at least one body.
refused-missing-MOTIVO = Say why.
refused-missing-CLASIFICACION = Confirm the risks first (step “Clasificar”).
refused-missing-DESAHOGO = The answer to what was asked for is missing.
refused-missing-CIERRE_DE_ENTREVISTAS = The day on which the interviews were closed is missing.
refused-missing-REPRESENTACION_OIC_PRESENTE = The representation of the internal control body has to be at the mediation.
refused-missing-RECOMENDACION = At least one recommendation is missing.
refused-missing-INTEGRANTE_DE_COMISION = Choose at least one member.
refused-missing-VOLUNTAD_DE_LA_VICTIMA = What the presumed victim wants is missing.
refused-missing-CONFORMIDAD_DE_LA_UNIDAD = The day on which the head of the unit agreed is missing.
refused-missing-DIAS = Say how many days.
refused-missing-paper = A document is missing: { $paper }.
refused-day-outside = { $field }: has to lie between { $from } and { $to }.
refused-called-too-late = For a session on that day the call was due on { $date }. Choose another day.
refused-not-carried = The majority of those present was not reached.
refused-wrong-code = One of the choices does not go with “{ $step }” in this case.
refused-no-such-entry = Number { $number } does not exist, or no longer stands there.
refused-counted-otherwise = The terms have changed meanwhile. Look at them again.
refused-too-many = Too many: at most { $most }.
refused-before-last-entry = The last entry is of { $date }: look at the clock of the service.
refused-calendar = The term ends outside the calendar.
desk-step-title = Procedure
desk-step-back = Back to case { $folio }
desk-step-back-course = Back to the procedure of { $folio }
desk-step-danger = A life may be at risk and nobody has attended to it yet. When somebody does, take the mark off with the step “Quitar marca”.
desk-step-hsyas = The protocol on sexual harassment holds: no mediation, and the person is not asked to tell again what was told.
desk-step-joined = This case was joined to { $folio }.
desk-step-open = What you can do now
desk-step-none = There is no step for you now.
desk-step-beside = Also
desk-step-done = What was done
desk-step-nothing-done = No step was made yet.
desk-step-owner = To be kept by:
desk-step-over = Terms that run no longer
desk-step-decision = decision { $number }
desk-step-recommendation = recommendation { $number }
desk-step-referral = notice { $number }
desk-step-decisions = Decisions
desk-step-measures = Protection measures
desk-step-recommendations = Recommendations
desk-step-summonses = Summonses
desk-step-referrals = Notices to the control body
desk-step-commission = Commission
desk-step-registration = Capture in SSECCOE
desk-step-not-told = notice is owed
desk-step-told = notice given on { $date }
desk-step-not-answered = no answer
desk-step-answered = answer of { $date }
desk-step-change = { $term }: from { $was } to { $becomes }
desk-step-papers = Documents
desk-step-papers-hint = Note the documents that this step goes with.
desk-step-make = Make this step
desk-step-more = Add rows
desk-step-row = Recommendation { $number }
desk-step-optional = (optional)
desk-step-no-choice = There is nothing to choose.
problem-no-such-step = There is no such step
problem-no-such-step-next = Go back to the procedure of the case and choose one of the list.
desk-course = Procedure

## Fields of the steps

step-field-main = Principal risk
step-field-others = Other risks
step-field-reason = Reason
step-field-missing = What is missing
step-field-question = Question to the person who filed
step-field-cause = Cause
step-field-instances = Bodies to go to
step-field-agreement_kind = Kind of session that decided
step-field-agreement_number = Number of the session in the year
step-field-agreement_held_on = Day of the session
step-field-agreement_favour = Votes in favour
step-field-agreement_against = Votes against
step-field-agreement_abstained = Abstentions
step-field-agreement_casting = The presidency gave the casting vote in favour
step-field-folio = Number given by SSECCOE
step-field-captured_on = Day of the capture
step-field-proposal = What is proposed
step-field-session = Kind of session
step-field-held_on = Day on which it is held
step-field-members = Members
step-field-requested = Whom, and what is asked
step-field-notified_on = Day of the notice
step-field-received_on = Day on which it came
step-field-party = Whom
step-field-interviews_closed_on = Day on which the interviews were closed
step-field-personal_sphere = Why the facts hurt the personal sphere alone and not the public service
step-field-no_revictimisation = Why it does not revictimise
step-field-signed_on = Day of the signature
step-field-oic_present = The representation of the control body was there
step-field-commitments = What they undertake
step-field-verify_on = Day on which it is looked at
step-field-ended_on = Day on which it ended
step-field-breach = What was not kept
step-field-sense = Sense
step-field-grounds = Grounds
step-field-recommendation = Recommendation
step-field-recommendation_kind = What is recommended
step-field-recommendation_unit = Unit that it goes to
step-field-recommendation_extends = It extends to the superiors, because of reiteration
step-field-recommendation_extends_to_superiors = It extends to the superiors
step-field-recommendation_text = Text of the recommendation
step-field-informed_on = Day on which the unit said so
step-field-progress = Progress
step-field-decision = Decision
step-field-days = Calendar days of the extension
step-field-letter = Number of the letter
step-field-protection = Measure
step-field-cause_text = Why
step-field-protects = Whom it protects
step-field-measure = Measure
step-field-consented_on = Day on which the protected person agreed
step-field-unit_agreed_on = Day on which the head of the unit agreed
step-field-notified = Who is told
step-field-consulted_on = Day on which the person was asked
step-field-given_on = Day of the letter
step-field-conducts = Which conducts, and what points to a fault or a danger
step-field-opinion_heard_on = Day on which the representation of the control body was heard
step-field-opinion_favours = Its opinion is in favour
step-field-opinion_text = Its opinion
step-field-will = What the presumed victim wants
step-field-referral = Notice
step-field-on = Day
step-field-outcome = What it did
step-field-into = Folio of the case that it is joined to
step-field-mark = Mark
step-field-changes = Terms that change
step-field-paper_kind = Document
step-field-paper_reference = Number or name
step-field-heard_on = Day of the opinion
step-field-captured_on-hint = The total term runs from that day.
step-field-members-hint = Three people at most.
step-field-question-hint = The person reads it as it stands. It is asked only once.
step-field-consented_on-hint = Without consent there is no measure.
step-field-into-hint = Such as CE-2026-123456. It has to be a case that you can open.
## Papers of the procedure

desk-case-nav = Parts of the case
desk-papers = Papers
desk-papers-lead = Papers are filled from the case, in Spanish. You can change every word. They never say who filed.
desk-papers-new = Write a paper
desk-papers-kept = Kept in the case
desk-papers-none = No papers are kept.
desk-papers-back = Back to the papers
desk-paper-kept = The paper is kept in the case.
desk-paper-blanks = { $count ->
    [one] One blank is left. Look for “[Por completar: …]”.
   *[other] { $count } blanks are left. Look for “[Por completar: …]”.
 }
desk-paper-preview = Preview
desk-paper-words = Words of the paper
desk-paper-hint = Leave a field empty to leave it out. In lists, each line is an item. In facts, each line has a name, a colon and a value. In signatures, a name, an upright bar and a post.
desk-paper-heading = Heading
desk-paper-paragraph = Paragraph
desk-paper-list = List
desk-paper-facts = Facts
desk-paper-signatures = Signatures
desk-paper-look = See how it looks
desk-paper-pdf = Download as PDF
desk-paper-docx = Download as DOCX
desk-paper-keep = Keep in the case
desk-paper-nothing-kept = Nothing is kept unless you ask for it. Downloading and keeping are written in the log.
desk-paper-never-kept = What you write here is not kept: download the paper before you leave.
desk-paper-norms = Norms that it follows
desk-paper-edition = Edition of the template: { $edition }.
desk-paper-long = The paper is too long. Shorten it and try again.
desk-paper-empty = The paper has no words.

## Capture in the Secretaría’s system

desk-capture = Capture in SSECCOE
desk-capture-lead = The Secretaría’s system is another one: this service is not connected to it. Copy each value into its field.
desk-capture-register = Then enter in the procedure the folio that it gave, and the day of the capture.
desk-capture-fields-unsure = The official form is not public. Order and fields follow what the norms ask for; each row says which.
desk-capture-missing = { $count ->
    [one] One value that the norm asks for before there is a folio is missing.
   *[other] { $count } values that the norm asks for before there is a folio are missing.
 }
desk-capture-complete = All values that the norm asks for before there is a folio are here.
desk-capture-lacks = Missing. The norm asks for it.
desk-capture-none = Not known
desk-capture-unconfirmed = The ethical risk is a proposal that nobody has confirmed.
desk-capture-reserved = Reserved identity: it takes two people to see it
desk-capture-anonymous = ANÓNIMA
desk-capture-channel = Web anónima
desk-capture-committee = Comité de Ética del Instituto Mexicano del Seguro Social
desk-capture-section-denuncia = Complaint
desk-capture-section-denunciante = Person who filed
desk-capture-section-denunciada = Denounced person
desk-capture-section-hechos = Facts
desk-capture-section-clasificacion = Classification
desk-capture-section-tramite = Procedure
desk-capture-section-determinacion = Determination

## Version of the file for a party

desk-version = Version for a party
desk-version-complainant = Version for the person who filed
desk-version-denounced = Version for the denounced person
desk-version-denounced-one = Version for denounced person { $number }
desk-version-co-denounced = Another denounced person
desk-version-lead = What is struck out is not in the file that is handed over: it says [TESTADO] instead. Read all of it before you hand it over. The service does not find every name.
desk-version-take = Download the version as PDF
desk-version-narrative = Story
desk-version-message = Writing of { $date } ({ $from })
desk-version-hidden = This writing is not handed over.
desk-version-show = Hand this writing over
desk-version-hide = Do not hand this writing over
desk-version-add = Words to be masked
desk-version-add-hint = Copy them from the text. They are masked wherever they stand, whatever their accents and capitals.
desk-version-nth = Only in place number
desk-version-nth-hint = Leave it empty to mask them everywhere.
desk-version-add-now = Mask
desk-version-lift = Show again
desk-version-masks = What may be shown again
desk-version-names = Names are always masked while the identity of whoever filed is reserved.
desk-version-not-found = Those words are not in the text.
desk-version-not-liftable = Those words cannot be shown again.
desk-version-done = The change is kept in the case.
desk-version-rest = Other facts that are handed over
log-PAPER_WRITTEN = { $who } kept or downloaded a paper of case { $case }.
log-VERSION_MASKED = { $who } changed what is masked in a version of case { $case }.
log-VERSION_TAKEN = { $who } downloaded the version of case { $case } for a party.
act-WRITE_PAPER = writing papers of the procedure
act-REDACT_FILE = making the version of the file for a party
act-CAPTURE_CASE = capturing the case in the Secretaría’s system
problem-no-paper = There is no such paper
problem-no-paper-next = The paper is not in this case. Go back to the list of papers.
## Keeping of files

desk-kept-nav = Keeping
desk-kept = Keeping of files
desk-kept-lead = A closed file is kept for the term of its series. Then it is blocked: nobody opens it alone, and two people can delete it, or take a copy out to answer for what was done. Nothing is deleted by itself.
desk-kept-blocked = Blocked: they may be deleted
desk-kept-kept = Being kept
desk-kept-none = There is none.
desk-kept-more = There are { $count } more.
desk-kept-line = { $series }. Closed: { $closed }. Last day of the term: { $until }. { $phase }.
desk-kept-in = Series
desk-kept-closed = Closed
desk-kept-until = Last day of the term
desk-kept-term = Term
desk-kept-no-end = no end of its own
desk-kept-years = { $years ->
    [one] one year after it was closed
   *[other] { $years } years after it was closed
}
desk-kept-delete = Ask that it be deleted
desk-kept-delete-why = Another member has to agree. Keys, documents, files and the mailbox are destroyed; a certificate without content is left.
desk-kept-reason = The term for keeping it is over.
desk-kept-series = Series and terms
desk-certificates = Certificates of deletion
desk-certificates-none = No file was deleted.
desk-certificate-on = Deleted
desk-certificate-why = Why it was deleted
desk-certificate-over = The term of the series { $series } was over (closed: { $closed }; last day: { $until }).
desk-certificate-early = It was deleted before the term of the series { $series } was over (closed: { $closed }; last day: { $until }).
desk-certificate-open = It was deleted when it was not closed.
desk-certificate-text =
    CERTIFICATE OF DELETION

    File: { $folio }
    Received: { $received }
    Basis: { $basis }
    Source of the term: { $source }
    Deleted: { $on }
    Asked for by: { $asked }
    Agreed to by: { $agreed }
    Sealed documents that it had: { $documents }
    Destroyed: the keys of the file and all their copies, those of last resort too; the documents, the files and the mailbox of whoever filed. What is in backups stays sealed until they are overwritten.
    This certificate says nothing of the content. It is kept for at least { $years } years ({ $law }).
    Act: { $act }
phase-CONSERVADA = Being kept
phase-CON_MENSAJE = A message came after it was closed: somebody has to read it first
phase-BLOQUEADA = Blocked
series-GENERAL = General
series-VISTA_OIC = With notice to the control body
series-DERECHOS_HUMANOS = Human rights
problem-blocked = The file is blocked.
problem-blocked-next = The term for keeping it is over, and nobody opens it alone. Under “Keeping” you can ask that it be deleted.

## Security incidents

desk-incidents-nav = Incidents
desk-incidents = Security incidents
desk-incidents-lead = What happened, when, which data it reached, what was done and who was told stays here. Nothing written is deleted: what is found later is added.
desk-incidents-none = None was recorded.
desk-incident-days = It happened: { $happened }. It was noticed: { $noticed }.
desk-incident-by = { $who }, { $on }
desk-incident-what = What happened
desk-incident-affected = Which data it reached, and of whom
desk-incident-measures = What was done
desk-incident-told = Who else was told, and when
desk-incident-note = What was found later
desk-incident-add = Add
desk-incident-notice = Notice to those who filed
desk-incident-notice-hint = Each of them reads it in their mailbox, once. Write nothing of a case or of a person.
desk-incident-notice-text = There was a security incident in the committee's service. This happened: … These data may have been seen: … This is what we did: … If you have questions, write to us through this mailbox.
desk-incident-cases = Folios of the cases that it reached
desk-incident-cases-hint = One on each line. Empty: to everybody whose case had come when it was noticed.
desk-incident-tell = Tell those who filed
desk-incident-all = To everybody whose case had come when it was noticed
desk-incident-done = Delivered: { $on }.
desk-incident-going = It is being delivered.
desk-incident-new = Record an incident
desk-incident-new-hint = Write neither names nor folios: members who may have a conflict in a case read this.
desk-incident-nature = What it was
desk-incident-happened = Day on which it happened or began
desk-incident-noticed = Day on which it was noticed
desk-incident-record = Record
desk-incident-recorded = Recorded by
desk-incident-notice-to = Who was told
desk-incident-notice-far = Delivery of the notice
incident-PERDIDA = Loss, or destruction that nobody permitted
incident-ROBO_O_COPIA = Theft, going astray, or copying that nobody permitted
incident-ACCESO_NO_AUTORIZADO = Use, access or treatment that nobody permitted
incident-ALTERACION = Damage, alteration or change that nobody permitted
incident-INTERRUPCION = The service was interrupted
act-RECORD_INCIDENT = the log of security incidents
log-INCIDENT_RECORDED = { $who } wrote in the log of security incidents.
log-INCIDENT_TOLD = { $who } had people who filed told of a security incident.
problem-incident-told = Those who filed were told of this incident.
problem-incident-told-next = Each incident is told once. To say more, record another.
problem-incident-full = The record of this incident has no room for more.
problem-incident-full-next = Nothing was kept. Write less, or record another incident.
## Sessions of the committee, attentions, consultations and petitions

problem-no-meeting = There is no such session, or no such point in it.
problem-no-meeting-next = Go back to the list of sessions and choose one.
problem-meeting-form = Something is missing, or is not written well.
problem-meeting-form-next = Nothing was kept. Go back and check days, folios and votes.
problem-meeting-late = It is too late to call a session for that day.
problem-meeting-late-next = Two working days have to pass between the call and the session (CHIS 28). Choose a later day.
problem-meeting-rest-day = That day is not a working day.
problem-meeting-rest-day-next = Choose a working day.
problem-meeting-far = That day is too far away.
problem-meeting-far-next = Check the year.
problem-meeting-earlier = A session is put off to a later day.
problem-meeting-earlier-next = Choose a day after that of the call.
problem-meeting-not-yet = The day of the session has not come.
problem-meeting-not-yet-next = Attendance is entered on that day, or later.
problem-meeting-not-now = This cannot be done at this stage of the session.
problem-meeting-not-now-next = Points are changed before the session, and voted on while it is held.
problem-meeting-over = The session is closed, or was called off.
problem-meeting-over-next = What was left goes to another session.
problem-meeting-agenda = This kind of session does not deal with that point, or it was not on the agenda.
problem-meeting-agenda-next = An extraordinary session has no following up and no general matters (CHIS 28). Once an ordinary one has begun, only general matters are added.
problem-meeting-points = The agenda has too many points.
problem-meeting-points-next = Call another session for the others.
problem-meeting-quorum = There is no quorum.
problem-meeting-office = One of the persons is not in office on that day.
problem-meeting-office-next = Check the list of members.
problem-meeting-seat = Two persons sit on one seat.
problem-meeting-seat-next = Tick the titular or the suplente, not both. Standing in on one point alone is entered in that point.
problem-meeting-stand-in = That person cannot stand in on this point.
problem-meeting-stand-in-next = Whoever is a suplente of a seat that is empty on this point, and may know of the case, stands in.
problem-meeting-no-vote = Somebody who is not in the room cannot vote.
problem-meeting-no-vote-next = Go back to the session and enter the votes again.
problem-meeting-vote-missing = A vote is missing.
problem-meeting-vote-missing-next = Everybody in the room votes or abstains. Whoever leaves is entered as excused.
problem-meeting-decided = This point was decided before.
problem-meeting-decided-next = What was entered does not change. Another agreement goes to another session.
problem-meeting-takes-vote = A point on a case is voted on.
problem-meeting-takes-vote-next = Enter the votes.
problem-no-attention = There is no such attention.
problem-no-attention-next = Go back to the list.
problem-attention-form = Something of the attention is missing, or is not in the list.
problem-attention-form-next = Choose the day, the way, the subject and what was done. The note has 300 letters or fewer.
problem-attention-day = The day is to come, or more than a year ago.
problem-attention-day-next = Write the day of the attention.
problem-attention-withdrawn = This attention was taken back before.
problem-attention-withdrawn-next = It counts in no month.
problem-no-matter = There is no such consultation or petition.
problem-no-matter-next = Go back to the list and choose one.
problem-matter-form = Something is missing, or is not written well.
problem-matter-form-next = Nothing was kept. Go back and check the day and the texts.
problem-matter-day = The day is to come, more than a year ago, or before the last step.
problem-matter-day-next = Check the day.
problem-matter-anonymous = A consultation says who asks and where the answer goes (CHIS 90).
problem-matter-anonymous-next = Write the name, and the e-mail or address.
problem-matter-not-now = That step is not open now.
problem-matter-not-now-next = Go back to the page and choose one of the steps that it shows.
problem-matter-once = What is missing is asked for once.
problem-matter-once-next = Go on with what there is.
problem-matter-running = The term of whoever has to complete it still runs.
problem-matter-running-next = Wait until it is over.
desk-meetings = Sessions
desk-meetings-lead = The sessions of the committee: call, agenda, attendance, votes and minutes. Everybody sees the points that they may know of.
desk-meetings-coming = To come and under way
desk-meetings-over = Closed and called off
desk-meetings-none = No session is called.
desk-meeting-title = { $kind } { $number }/{ $year }
desk-meeting-which = Session
desk-meeting-called = Called
desk-meeting-held = Being held
desk-meeting-closed = Closed
desk-meeting-cancelled = Called off
desk-meeting-called-by = Called on { $date } by { $who }.
desk-meeting-call = Call a session
desk-meeting-call-lead = It is called at least two working days before. Every member reads here the points that they may know of, and takes a call with these.
desk-meeting-kind = Kind of session
desk-meeting-on = Day
desk-meeting-mode = How
desk-meeting-place = Place and hour, or link
desk-meeting-place-hint = For example: Meeting room, 2nd floor, 10:00. Write nothing of any case.
desk-meeting-call-now = Call
desk-meeting-was = Called before for
desk-meeting-should = It should be held by { $date } (CHIS 33).
desk-meeting-minutes = Download the minutes
desk-meeting-convocation = Call
desk-meeting-voice = with voice, no vote
desk-meeting-attend = Attendance
desk-meeting-attend-lead = Tick those who are there. With a quorum, the session is under way and votes can be entered. If somebody comes later, save again.
desk-meeting-attend-now = Save the attendance
desk-meeting-close = Close the session
desk-meeting-close-lead = Points that were not voted on are put off. Nothing changes afterwards.
desk-meeting-close-now = Close the committee's session
desk-meeting-shift = Put off or call off
desk-meeting-postpone-lead = Without quorum the session is put off and keeps its number. Two working days or fewer, if possible.
desk-meeting-to = New day
desk-meeting-postpone-now = Put off
desk-meeting-cancel-why = Why it is called off
desk-meeting-cancel-now = Call the session off
desk-points-none = For you there are no points on the agenda.
desk-point-case = Case { $folio }: { $motion }
desk-point-matter = { $kind }: { $title }
desk-point-reserved = Reserved point: those whom it is about do not see it.
desk-point-carried = Carried.
desk-point-not-carried = Not carried.
desk-point-noted = Taken note of.
desk-point-what = Point
desk-point-result = Result
desk-point-count = Vote
desk-point-counts = In favour: { $favour }. Against: { $against }. Abstentions: { $abstained }.
desk-point-casting = The casting vote of the Presidencia decided.
desk-point-votes = Votes of each person
desk-point-out = Out of the room on this point:
desk-point-moved = The case has moved:
desk-point-to-move = The case is still to be moved:
desk-point-move-waits = Somebody who may open the case still has to move it:
desk-point-not-moved = The case cannot be moved:
desk-point-move-now = Carry the agreement out
desk-point-move-lead = The agreement says the session and the votes already. Complete the rest; once it is saved, the case moves, its terms start or stop, and whoever filed is told.
desk-point-enter = Enter what was decided
desk-point-text = What is voted on
desk-point-excused = Is excused and leaves the room
desk-point-stand-ins = Standing in on this point
desk-point-stand-ins-hint = Only for a seat that is empty on this point.
desk-point-absent = Does not stand in
desk-point-dissent = Reasons of those who dissent
desk-point-tie = The majority of those present with a vote decides. In a tie, the vote of the Presidencia does.
desk-point-enter-now = Save the votes
desk-point-note = Or: it was taken note of, without a vote
desk-point-note-now = Save without a vote
desk-point-remove = Take point { $number } off
desk-agenda-cases = Put cases on the agenda
desk-agenda-cases-lead = Proposed are the cases that wait for a session, and those with a term that ends by that day.
desk-agenda-no-cases = No case waits for a session.
desk-agenda-due = Ends before the session
desk-agenda-take = Put on the agenda
desk-agenda-motion = What is proposed
desk-agenda-add = Add to the agenda
desk-agenda-folio = Another case, by its folio
desk-agenda-matter = Add another point
desk-agenda-matter-kind = Subject
desk-agenda-title = Title of the point
desk-agenda-kept-from = Reserved point: hidden from (tick only if it is about them)
desk-minutes-there = Attendance
desk-minutes-member = { $name }, { $seat }
desk-minutes-suplente = { $name }, { $seat }, standing in for { $titular }
desk-minutes-voice = { $name }, with voice and no vote
desk-minutes-points = Agenda
desk-minutes-deferred = Not voted on: put off.
desk-minutes-out = Out of the room on this point: { $name }.
desk-minutes-stood-in = { $name } voted standing in for { $titular }.
desk-minutes-dissent = Dissent:
desk-minutes-remarks = Remarks of the minutes
desk-attentions = Attentions
desk-attentions-lead = Calls, orientations and writings that the committee attends to besides complaints. They are counted apart.
desk-attentions-all = You see those of the whole committee.
desk-attentions-own = You see those that you entered.
desk-attention-new = Enter an attention
desk-attention-names-nobody = Write no names, phone numbers or anything that tells who the person is.
desk-attention-on = Day
desk-attention-channel = Way
desk-attention-subject = Subject
desk-attention-done = What was done
desk-attention-note = Note (optional)
desk-attention-record = Save the attention
desk-attention-counts = Attentions of { $year }
desk-attention-counts-note = By month and kind; what was taken back does not count.
desk-attention-export = Download the counts (CSV)
desk-attention-month = Month
desk-attention-year = Whole year
desk-attention-all = Total
desk-attention-list = One by one
desk-attention-order = The newest first.
desk-attention-none = There are no attentions of that year.
desk-attention-left-out = { $count } more are not shown. The counts include all.
desk-attention-withdrawn = Taken back
desk-attention-by = Entered by
desk-attention-mistake = Was it a mistake?
desk-attention-mistake-lead = Taken back, it counts no more. That stays in the log.
desk-attention-take-back = Take back
desk-consultations = Consultations
desk-consultations-lead = Consultations on conflicts of interest. They are registered within two working days and sent to the UCMAPF, which answers.
desk-petitions = Citizen petitions
desk-petitions-lead = The committee looks at whether they are viable. They may lead to a recommendation or go to another area.
desk-matters-none = There are none.
desk-matter-title = { $kind } { $number }/{ $year }
desk-matter-which = Which
desk-matter-new = Enter one
desk-matter-not-anonymous = A consultation is written, and says who asks and where the answer goes.
desk-matter-day = Day on which it came
desk-matter-received = It came on { $date }.
desk-matter-entered = Entered by { $who } on { $date }.
desk-matter-name = Name of whoever writes
desk-matter-contact = E-mail or address for the answer
desk-matter-statement = What it says
desk-matter-documents = Documents that came with it
desk-matter-enter = Save
desk-matter-taken = What was done
desk-matter-late = Late
desk-step-on = Day
desk-step-letter = Letter, e-mail or other way
desk-step-answer = What the UCMAPF answers
desk-step-why = Reasons
desk-step-missing = What is missing
desk-step-came = What came
desk-step-verdict = Result
session-kind-INSTALACION = Installation session
session-kind-ORDINARIA = Ordinary session
session-kind-EXTRAORDINARIA = Extraordinary session
meeting-mode-PRESENCIAL = In person
meeting-mode-VIRTUAL = Remote
meeting-mode-MIXTA = Mixed
meeting-matter-PROGRAMA_ANUAL = Yearly programme of work
meeting-matter-INFORME_ANUAL = Yearly report
meeting-matter-CAPACITACION_DIFUSION = Training and outreach
meeting-matter-INTEGRACION = The committee itself
meeting-matter-ACTA_ANTERIOR = Minutes of before
meeting-matter-PETICION_CIUDADANA = Citizen petition
meeting-matter-NORMATIVA = Rules and criteria
meeting-matter-SEGUIMIENTO = Following up agreements
meeting-matter-ASUNTOS_GENERALES = General matters
motion-ADMITIR = To admit it
motion-NO_ADMITIR = Not to admit it
motion-ORIENTAR = To guide to another instance
motion-CONCLUIR_ANTICIPADAMENTE = To end it early
motion-DETERMINAR = To determine it
motion-REABRIR = To open it again
motion-OTRO_ACUERDO = Another agreement
vote-A_FAVOR = In favour
vote-EN_CONTRA = Against
vote-ABSTENCION = Abstention
channel-TELEFONO = Phone
channel-PRESENCIAL = In person
channel-VERBAL_ASISTIDA = Told, and written down with help
channel-ESCRITO_FISICO = On paper
channel-CORREO = E-mail
channel-PERSONA_CONSEJERA = Persona consejera
channel-PERSONA_ASESORA = Persona asesora
channel-TURNO_OTRA_INSTANCIA = Passed on by another instance
attention-kind-LLAMADA = Calls
attention-kind-ORIENTACION_PERSONAL = Orientations in person
attention-kind-ESCRITO_DENUNCIA = Writings
attention-subject-DENUNCIA = Complaint
attention-subject-CONSULTA_CONFLICTO_INTERES = Consultation on a conflict of interest
attention-subject-PETICION_CIUDADANA = Citizen petition
attention-subject-ORIENTACION = Orientation
attention-done-SE_EXPLICO_COMO_DENUNCIAR = It was explained how to file
attention-done-SE_PRESENTO_DENUNCIA = The complaint was filed
attention-done-SE_ORIENTO_A_OTRA_INSTANCIA = Guided to another instance
attention-done-SE_ENLAZO_CON_CONSEJERA_O_ASESORA = Put in touch with a persona consejera or asesora
attention-done-SE_EXPLICO_EL_SEGUIMIENTO = It was explained how to follow it up
attention-done-SE_RECIBIO_CONSULTA_O_PETICION = A consultation or petition was taken
attention-done-OTRA = Something else
matter-CONSULTA_CONFLICTO_INTERES = Consultation
matter-PETICION_CIUDADANA = Petition
matter-state-RECIBIDA = Received
matter-state-REQUERIDA = To be completed
matter-state-ENVIADA_UCMAPF = Sent to the UCMAPF
matter-state-CON_RESPUESTA = Answered, to be told
matter-state-CONTESTADA = Closed: told
matter-state-NO_DESAHOGADA = Closed: not completed
matter-step-ENVIAR_UCMAPF = Send to the UCMAPF
matter-step-REGISTRAR_RESPUESTA = Enter the answer of the UCMAPF
matter-step-VALORAR = Look at the petition
matter-step-COMUNICAR_RESPUESTA = Tell the answer
matter-step-REQUERIR = Ask for what is missing
matter-step-DESAHOGAR = Enter what came
matter-step-TENER_POR_NO_PRESENTADA = Close because it was not completed
verdict-VIABLE = Viable
verdict-TURNADA_A_OTRA_AREA = Goes to another area
verdict-NO_VIABLE = Not viable
log-MEETING_CALLED = { $who } called a session of the committee for { $from }.
log-MEETING_MOVED = { $who } put off or called off a session of the committee. Day: { $from }.
log-MEETING_HELD = { $who } entered the attendance of the session of { $from }. Seats with a vote: { $count }.
log-POINT_DECIDED = { $who } entered what was decided on a point of the session of { $from }.
log-POINT_DECIDED-case = { $who } entered the votes of the session of { $from } on case { $case }.
log-MEETING_CLOSED = { $who } closed the session of the committee of { $from }.
log-MEETING_PAPER = { $who } downloaded the call or the minutes of the session of { $from }.
log-ATTENTION_RECORDED = { $who } entered an attention.
log-ATTENTION_WITHDRAWN = { $who } took an attention back.
log-MATTER_CHANGED = { $who } entered something of a consultation or petition.
log-MATTER_OPENED = { $who } opened a consultation or petition.
act-READ_MEETINGS = seeing the sessions of the committee
act-CALL_MEETING = calling a session
act-HOLD_MEETING = entering the attendance and votes of a session
act-CLOSE_MEETING = closing a session
act-RECORD_ATTENTION = entering attentions
act-OVERSEE_ATTENTIONS = seeing the attentions of the whole committee
act-KEEP_MATTERS = keeping consultations and petitions
## Días en que no corren los términos

problem-calendar-days = The days are not right.
problem-calendar-days-next = Write the first day and the last, at most 92 days in a row, within the nearest three years.
problem-calendar-words = The reason or where it was published is missing, or too long.
problem-calendar-words-next = Write both, in at most 300 characters each.
problem-calendar-before = These days are entered already.
problem-calendar-before-next = If the reason is another, take back what was entered and enter it anew.
problem-calendar-gone = This entry does not hold any more.
problem-calendar-gone-next = Somebody else took it back before. Look at the list.
problem-calendar-altered = Somebody changed from outside what was entered in the calendar.
problem-calendar-altered-next = No term is counted by half a calendar. Tell whoever operates the service.
desk-suspensions = Days on which terms stand still
desk-suspensions-nav = Non-working days
desk-suspensions-lead = Besides Saturdays, Sundays and official holidays, terms do not run on the days that the Technical Secretary enters here: those published in the DOF, general vacations, and those that a letter sets.
desk-suspensions-profile = Official calendar in use
desk-profile-before = Calendars that were chosen
desk-profile-chosen = { $profile }: { $reason } ({ $source }). { $who }
desk-profile-choose = Choose another official calendar
desk-profile-which = Calendar to be used
desk-profile-source = Where it was agreed
desk-profile-hint = New terms are counted with that calendar from now on. Those that run do not change by themselves: what would come out otherwise is in the list of terms, and a person takes it over.
desk-profile-now = Use this calendar
problem-calendar-profile = Choose one of the calendars of the list.
problem-calendar-profile-next = Go back to the page and mark one.
problem-calendar-in-force = Terms are counted with that calendar already.
problem-calendar-in-force-next = There is nothing to change.
desk-suspensions-none = No days are entered.
desk-suspensions-order = The latest days come first.
desk-suspension-when = Days
desk-suspension-days = { $from } to { $to }
desk-suspension-reason = Reason
desk-suspension-source = Where it was published or agreed (DOF and date, or number of the letter)
desk-suspension-entered = Who entered it
desk-suspension-by = { $who }, { $when }
desk-suspension-withdrawn = Taken back: { $who }. Reason: { $reason }
desk-suspension-standing = Whether it holds
desk-suspension-holds = It holds
desk-suspension-withdraw = Take back
desk-suspension-withdraw-why = Why it is taken back
desk-suspension-withdraw-now = Take back
desk-suspension-enter = Enter days
desk-suspension-from = First day
desk-suspension-to = Last day
desk-suspension-hint = For a single day, write the same date twice. What is entered stays in the log with your name.
desk-suspension-enter-now = Enter
desk-suspensions-terms = Terms that begin from now on count these days. Those that ran before do not change by themselves: a person looks at them and decides in each case.
desk-suspensions-intake = The public page gets these days, without reasons or names, while the committee's system is open; it usually takes less than a minute. From then on, a complaint that comes on one of them bears the next working day. Those that came before keep theirs.
desk-suspensions-file = Download the list, to check terms with “guiando terms due --suspensions”

## Quién participa en un asunto, y si llegó a tiempo

desk-confirmed = Confirmed by a person
desk-involved = Who is involved
desk-involved-lead = This is what the rules propose. Telling somebody opens the case to nobody, and the Chair appoints the commission.
desk-involved-tell = Whom to tell
desk-involved-share = Nobody in this seat can open the case today; if it is needed, share it under “Who can see this case”.
desk-involved-commission = Proposed commission
desk-involved-nobody = No elected member may know of this case. The Chair decides how it goes on.
desk-involved-most = Places in a commission, at most: { $count }
desk-late = Note: the facts are of { $since } and the term “{ $term }” ended on { $until } ({ $source }). It is no reason by itself to refuse: a person decides.

## Otros asuntos parecidos

alike-MISMA_PERSONA = Seems to be the same denounced person
alike-QUIZA_MISMA_PERSONA = Perhaps the same denounced person
alike-MISMO_PUESTO = The same post in the same unit
alike-MISMA_UNIDAD = The same unit
desk-alike = Other cases that may concern the same person or unit
desk-alike-lead = Names, posts and units are compared without being kept in clear. They may be namesakes: a person decides. Only cases that you may open are shown.
desk-alike-join = Weigh whether to join them

## Plazos que resultan distintos

problem-recount-reason = Nobody says why the terms change.
problem-recount-reason-next = Write the reason; it stays in each case.
problem-recount-outdated = The terms are not those that were shown any more.
problem-recount-outdated-next = Nothing was changed. Look at the list again.
desk-recounts = Terms that come out otherwise
desk-recounts-lead = By the calendar and the terms of today, these would end on another day. Nothing changes until a person says so. Nobody outside the committee gets a shorter term than they were told.
desk-recounts-none = No term of the cases that you may open comes out otherwise.
desk-recounts-count = Cases: { $count }
desk-recounts-case = Case
desk-recounts-change = What would change
desk-recounts-term = Term
desk-recounts-about = About what
desk-recounts-was = It ended
desk-recounts-becomes = It would end
desk-recounts-from-to = from { $was } to { $becomes }
desk-recounts-one = Look at this case alone
desk-recounts-take = Take over all changes of this list
desk-recounts-reason = Why they change
desk-recounts-hint = A step is made in each case, with this reason and your name.
desk-recounts-take-now = Take over all
## Today, list, board and calendar

desk-today = Today
desk-board = Board
desk-agenda = Calendar
desk-search = Search
desk-help = Help and keyboard shortcuts
desk-filter-title = Filter and sort
desk-sort = Sort by
desk-signal = Signal of the next term
desk-owner = Whose turn it is
desk-alert = Alerts
desk-ooad = OOAD
desk-umae = UMAE
desk-due = Due
desk-row-closed = Not shared with you
desk-list-count = { $count ->
    [one] 1 case
   *[other] { $count } cases
}
desk-export = Download this list (CSV)
desk-as-board = See on the board
desk-pages = Pages of the list
desk-page = Page { $this } of { $all }
desk-page-before = Previous page
desk-page-after = Next page
sort-pressing = The most pressing
sort-folio = Number
sort-priority = Priority
sort-risk = Ethical risk
sort-term = Next term
sort-state = State
sort-place = OOAD or UMAE
sort-received = Day of reception
alert-VENCE = With a term ending or overdue
alert-NUEVO = New
alert-DETENIDO = Stuck
alert-SIN_RESPUESTA = Without an answer of a party in its term
stuck-NO_SE_PUEDE_LEER = How it stands cannot be read. Tell whoever runs the service.
stuck-FALTAN_PERSONAS = Too few people can act.
stuck-SIN_PLAZO = It is open and no term runs.
stuck-SIN_PASOS = No step for a while.
owner-PRESIDENCIA = Presidency
owner-SECRETARIA_EJECUTIVA = Executive Secretariat
owner-SECRETARIA_TECNICA = Technical Secretariat
owner-REPRESENTACION_OIC = Representation of the control body
owner-CONSEJERA = Counsellor
owner-DENUNCIANTE = Complainant
owner-DENUNCIADA = Denounced person
owner-UNIDAD = Head of the unit
desk-today-count-open = open cases
desk-today-mine = What is yours to do
desk-today-mine-of = Terms of your seat: { $seat }.
desk-today-mine-none = None of your terms ends soon.
desk-today-due = Other terms that end
desk-today-due-none = No other term ends soon.
desk-today-unanswered = Terms of the parties that ran out: what follows is to be confirmed
desk-today-unanswered-none = No term of a party that ran out waits to be confirmed.
desk-today-unanswered-rule = No answer stopped the term ({ $source }). A person still has to confirm what follows; the service does not do it by itself.
desk-today-unanswered-heard = Messages came since it was asked for; read them before you confirm.
desk-today-new = New
desk-today-new-none = No case came today or on the working day before.
desk-today-stuck = Stuck
desk-today-stuck-none = No case is stuck.
desk-today-no-step = No step since { $date }. It is the turn of: { $owner }.
desk-today-in-list = See in the list
desk-views-title = My views
desk-views-manage = Save this list or remove a view
desk-views-name = Name of the view
desk-views-keep = Save as a view
desk-views-forget = Remove “{ $name }”
desk-views-unreadable = Your saved views cannot be read. If you save one, it takes the place of those before. Tell whoever runs the service.
problem-too-many-views = You have 20 views already.
problem-too-many-views-next = Remove one before you save another.
desk-board-as-list = See as a list
desk-board-open = Under way
desk-board-closed = Closed
desk-board-more = { $count ->
    [one] and 1 more
   *[other] and { $count } more
}
desk-agenda-month = { $month } { $year }
desk-agenda-before = Previous month
desk-agenda-this = This month
desk-agenda-after = Next month
desk-agenda-count = { $count ->
    [0] No term ends this month.
    [one] 1 term ends this month.
   *[other] { $count } terms end this month.
}
desk-agenda-file = Download the terms for your calendar (number and term only)
desk-agenda-more = { $count ->
    [one] and 1 more
   *[other] and { $count } more
}
desk-agenda-list = Day by day
desk-agenda-none = Nothing ends this month.
desk-agenda-today = Today
desk-weekday-1 = Mon
desk-weekday-2 = Tue
desk-weekday-3 = Wed
desk-weekday-4 = Thu
desk-weekday-5 = Fri
desk-weekday-6 = Sat
desk-weekday-7 = Sun
desk-help-lead = Everything can be done without shortcuts. They do nothing while you type in a field.
desk-help-keys = Keys
desk-help-does = What they do
desk-help-today = Go to Today
desk-help-list = Go to the list of cases
desk-help-board = Go to the board
desk-help-agenda = Go to the calendar
desk-help-search = Go to the search
desk-help-focus = Type in the search of this page
desk-help-next = Go to the next case
desk-help-previous = Go back to the previous case
desk-help-help = Open this page
desk-help-are-on = Shortcuts are on in this browser.
desk-help-are-off = Shortcuts are off in this browser.
desk-help-turn-off = Turn shortcuts off
desk-help-turn-on = Turn shortcuts on

## Search

desk-search-words = Words to look for in the cases that you may open
desk-search-hint = All words are looked for, with or without accents and capitals. Between quotation marks, the phrase as it is. The reserved name of whoever filed is not looked for.
desk-search-private = What you look for is kept nowhere.
desk-search-found = { $count ->
    [0] No case has these words.
    [one] 1 case has these words.
   *[other] { $count } cases have these words.
}
desk-search-partial = The index is being prepared: { $done } of { $all } cases read. Search again in a moment to see all.
desk-search-left-out = { $count ->
    [one] 1 closed case does not fit into the index and was not searched.
   *[other] { $count } closed cases do not fit into the index and were not searched.
}
desk-search-no-words = Write at least one word.
desk-search-most = The { $count } that match most are shown. Add words to narrow it down.
desk-search-export = Download these results (CSV)

## A complaint that a member of the committee writes down with the person

desk-fact-channel = How it was presented
desk-assisted = Write a complaint down with the person
desk-assisted-lead = For whoever complains by phone, in person or in writing. The complaint reaches the committee the same way as those of the public page, and counts as an attention.
desk-assisted-say-1 = Tell the person that you write what they tell, and that you will see their 12 words.
desk-assisted-say-2 = Tell them that they need not give their name, and that they can file without help on the public page.
desk-assisted-say-3 = Tell them that they will have to choose new words the first time they come in. Until then those of today open nothing.
desk-assisted-say-4 = Read the story to them before you send it. Write what they said, in their words.
desk-assisted-about-you = If the complaint is about you or somebody of your family, do not go on: ask another member of the committee, or the internal control body, to attend to it.
desk-assisted-wrong = Answers to correct: { $count }. What you wrote is still here.
desk-assisted-presented = How it is presented
desk-assisted-presented-hint = The first two answers are needed.
desk-assisted-anonymous = Does the person stay anonymous?
desk-assisted-anonymous-yes = Yes, gives no name
desk-assisted-anonymous-no = No, gives a name
desk-assisted-privacy = Was told the privacy notice
desk-assisted-story = Story
desk-assisted-story-hint = What happened, who did it, when and where. Between 20 and 20,000 characters.
desk-assisted-narrative = What the person tells
desk-assisted-risk = What the person believes it to be
desk-assisted-place = Where and when
desk-assisted-person = Denounced person
desk-assisted-more-people = Add another denounced person
desk-assisted-witness = Witness
desk-assisted-more-witnesses = Add another witness
desk-assisted-safety = Risk and support
desk-assisted-handling = Who must not see it, and other bodies
desk-assisted-handling-hint = Whoever is named here and is on the committee cannot open the case.
desk-assisted-keep-from-seats = Seats of the Committee that must not see it
desk-assisted-keep-from = Who must not see it, one person a line
desk-assisted-statistics = For statistics
desk-assisted-statistics-hint = All of it is optional.
desk-assisted-identity = Name and contact
desk-assisted-identity-hint = Sent only if the person gives a name.
desk-assisted-file = Send the complaint
desk-assisted-words = The complaint is stored
desk-assisted-slip = 12 words for the person, in this order
desk-assisted-received = Day of reception: { $date }.
desk-assisted-slip-change = With them one comes in on the follow-up page. The first time it asks to choose new words; do it soon and destroy this paper.
desk-assisted-now = What to do now
desk-assisted-now-1 = Hand the words over: print this page, or dictate them and have them repeated.
desk-assisted-now-2 = Tell the person to come in today and choose new words. Until they do, you know them too.
desk-assisted-now-3 = Do not keep the words. Destroy your notes on paper of what the person told.
desk-assisted-now-4 = If somebody else changes the words before they do, they will see that the words open nothing. They should tell the committee or the internal control body.
desk-assisted-once = Once you leave this page the words cannot be seen again. The service does not keep them. This complaint has no signed receipt.
desk-assisted-done = I have handed them over

# Records that do not open, beside those that do
desk-unreadable = There are records that cannot be read.
desk-unreadable-next = Everything else on this page can. Tell whoever runs the service.
desk-point-case-unreadable = How the case stands cannot be read. Tell whoever runs the service.
desk-kept-damaged = Cannot be read
desk-kept-damaged-next = It cannot be said how long these closed cases are kept. Tell whoever runs the service.
desk-recounts-damaged = How these cases stand cannot be read, so their terms are not counted anew. Tell whoever runs the service:
problem-meeting-unreadable = A point of the session cannot be read, and the document would look whole.
problem-meeting-unreadable-next = Tell whoever runs the service.
problem-counts-unreadable = There are attentions that cannot be read, and the table would look whole.
problem-counts-unreadable-next = Tell whoever runs the service.
desk-mail-unreadable = Where your mail goes cannot be read, so none reaches you. Enter it again and tell whoever runs the service.
desk-mail-last-unreadable = Whether the last notice went out is not known. The next one goes at its time.

# Seats that whoever files may want kept out
keep-out-seat-PRESIDENCIA = Chair of the Committee
keep-out-seat-SECRETARIA_EJECUTIVA = Executive Secretary
keep-out-seat-SECRETARIA_TECNICA = Technical Secretary
keep-out-seat-INTEGRANTES_ELECTAS = Elected members
keep-out-seat-REPRESENTACION_OIC = Representative of the internal control body
keep-out-seat-ASESORIA = Advisers
keep-out-seat-PERSONAS_CONSEJERAS = Personas consejeras (counsellors)
