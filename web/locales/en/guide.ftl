# Pages of the guide. Each page is made of what is here: `guide-PAGE-SECTION` is a heading, `-text` a
# paragraph, and `-1`, `-2` … the points of the list.

guide-nav = Guide
guide-source = Source: { $source }
guide-unconfirmed = to be confirmed
guide-unconfirmed-note = “To be confirmed” means that the federal rule could not yet be read in full. The term may change.
guide-updated = Version { $version }, of { $date }.

amount-working_days = { $value ->
    [one] { $value } working day
   *[other] { $value } working days
}
amount-calendar_days = { $value ->
    [one] { $value } calendar day
   *[other] { $value } calendar days
}
amount-months = { $value ->
    [one] { $value } month
   *[other] { $value } months
}
amount-years = { $value ->
    [one] { $value } year
   *[other] { $value } years
}

## What the Committee does

guide-comite = What the Committee can do
guide-comite-short = What it can and cannot do.
guide-comite-lead = The Ethics Committee looks into wrongdoing by people who work at the Institute. Its task is that the harm stops and does not happen again.
guide-comite-1 = What it can do
guide-comite-1-1 = Take your complaint, with your name or without it.
guide-comite-1-2 = Ask departments for information and speak with each side separately.
guide-comite-1-3 = Ask for measures to protect people, from the first day.
guide-comite-1-4 = Decide whether there was a breach and say what must change.
guide-comite-1-5 = Notify the Internal Control Body, which can impose sanctions.
guide-comite-2 = What it cannot do
guide-comite-2-1 = It does not dismiss, fine or punish. Other authorities do.
guide-comite-2-2 = It does not handle emergencies. If there is danger, call 911.
guide-comite-2-3 = It does not decide whether there is a crime. The public prosecutor does.
guide-comite-2-4 = It does not settle matters that are only about labour, or only about medical care.
guide-comite-2-5 = It cannot promise an outcome.
guide-comite-3 = What is needed to file
guide-comite-3-1 = Tell what happened, when and where.
guide-comite-3-2 = Say something that helps to know whom you mean: the name, the post or the area.
guide-comite-3-3 = You need neither proof nor witnesses to be heard. If you have them, they help.
guide-comite-4 = If it is about sexual harassment
guide-comite-4-1 = Nobody will ask you to come to terms with the person who harmed you.
guide-comite-4-2 = You choose where to go: to the Committee, to a support adviser (persona consejera) or to the Internal Control Body. You may go to all of them.
guide-comite-4-3 = You will not have to tell the same thing again and again.
guide-comite-sources = Code of Ethics of the federal administration, art. 24; Protocol on sexual harassment (DOF 03-01-2020), numerals 23, 28, 29, 34, 45 to 50 and 56; guidelines of the committees (read in the state text of 22-12-2021, arts. 48, 49, 51, 54, 57 and 58).

## What comes next

guide-que-sigue = What happens after you file
guide-que-sigue-short = The steps and their terms.
guide-que-sigue-lead = Each step has a term. With your 12 words you can see which step it is at, and until when.
guide-que-sigue-1 = As soon as you send it
guide-que-sigue-1-1 = Your story is sealed on arrival. Once sealed, only the Committee opens it.
guide-que-sigue-1-2 = You get 12 words. They are the only key to come back.
guide-que-sigue-1-3 = You get a signed receipt, with the day and the first term.
guide-que-sigue-2 = Meanwhile, you can
guide-que-sigue-2-1 = Read the Committee’s messages and answer.
guide-que-sigue-2-2 = Add facts, files or names, also after it is closed.
guide-que-sigue-2-3 = Ask for protection, or say that there are reprisals.
guide-que-sigue-3 = Good to know
guide-que-sigue-3-1 = Working days leave out Saturdays, Sundays and days of rest.
guide-que-sigue-3-2 = If something is missing, the Committee asks once. It will never ask for your name.
guide-que-sigue-3-3 = The term to answer runs from the day after the message. Look often.
guide-que-sigue-terms = The steps and their terms
guide-que-sigue-sources = Terms and sources come from this site’s catalogue of terms. CHIS: guidelines of the ethics committees of Chiapas (22-12-2021), the state text that follows the federal one of DOF 28-12-2020.

step-plazo_presentacion = To file the complaint, since it happened or since it stopped.
step-registro_sseccoe = The Committee checks your complaint, registers it and gives it a number.
step-prevencion_desahogo = If something is missing, you have this long to answer.
step-propuesta_acuerdo = It is proposed whether the Committee takes the matter up.
step-notificar_acuerdo = The Committee tells you what it agreed.
step-descargo_denunciada = The person denounced answers in writing.
step-entrevistas = The Committee hears each side, separately.
step-proyecto = A draft decision is written.
step-determinacion = The Committee votes and decides.
step-notificar_determinacion = The Committee tells you what it decided.
step-recomendacion_adopcion = If there is a recommendation, the department says whether it will do what the Committee asks.
step-recomendacion_implementacion = If it said yes, the department carries it out.
step-mensaje_intermedio = At the latest, you get a message on how things stand.
step-conclusion_total = Everything must be over within this term, since registration.
step-prorroga_max = If something beyond the Committee holds it up, it may ask for up to this much more time.

## Anonymity

guide-anonimato = What anonymity means here
guide-anonimato-short = What we take care of and what is up to you.
guide-anonimato-lead = You can file without saying who you are. Nobody will demand it. But there are traces that this site cannot remove for you.
guide-anonimato-1 = What this site does
guide-anonimato-1-1 = It does not keep where you came from or with what device.
guide-anonimato-1-2 = It uses no cookies and runs no programs in your browser.
guide-anonimato-1-3 = It keeps the day on which your complaint came, not the hour.
guide-anonimato-1-4 = It seals your story as soon as it comes. Only the Committee can open it.
guide-anonimato-1-5 = It tries to tell you if something in your story or your files could say who you are. It does not find everything: you decide.
guide-anonimato-2 = What it cannot prevent
guide-anonimato-2-1 = The network: whoever runs it can see that you visited this site, though not what you wrote.
guide-anonimato-2-2 = The device: if it is not yours, somebody may see the screen or what you visited.
guide-anonimato-2-3 = The story: a detail that only you know may say who you are.
guide-anonimato-2-4 = The files: a photo or a document holds data that you do not see, such as the place or the author.
guide-anonimato-3 = What you should do
guide-anonimato-3-1 = Use your own phone or computer, not the one at work.
guide-anonimato-3-2 = Come from another network, not the one at work.
guide-anonimato-3-3 = Open a private window and close it at the end.
guide-anonimato-3-4 = Write your 12 words on paper and keep them safe.
guide-anonimato-3-5 = Tell nobody that you are going to file.
guide-anonimato-4 = If you want more care: Tor
guide-anonimato-4-text = Tor Browser does not let the network see which site you visit. It is free and comes from the site of the Tor Project. This site works at the security level “Safest”.
guide-anonimato-onion = In Tor Browser, use this address:
guide-anonimato-sources = Guidelines of the committees, art. 58 (state text); Protocol on sexual harassment, numeral 28; General Law of Administrative Responsibilities, arts. 64 and 91.

## Protection

guide-proteccion = If you fear harm for filing
guide-proteccion-short = Reprisals, and measures to protect you.
guide-proteccion-lead = Nobody may punish you for filing. Reprisals are forbidden.
guide-proteccion-1 = What a reprisal is
guide-proteccion-1-1 = To be threatened or asked to keep quiet.
guide-proteccion-1-2 = To be moved to another shift, area or task as a punishment.
guide-proteccion-1-3 = To be written up without cause or to lose what is yours.
guide-proteccion-1-4 = To be isolated, watched or mocked.
guide-proteccion-2 = What you can ask for
guide-proteccion-2-1 = That whoever harmed you does not come near or speak to you.
guide-proteccion-2-2 = A change of place or hours, if you agree.
guide-proteccion-2-3 = Medical, psychological or legal support.
guide-proteccion-2-4 = In cases of sexual harassment, measures hold from the day you file. You will be asked first.
guide-proteccion-3 = Who must not see your complaint
guide-proteccion-3-text = In the form you can say who must not see it, by name or by post. If it is somebody of the Committee and this site recognises them, they can neither open it nor know that it exists. For that, write the full name or the post. If the site does not recognise them, the Committee decides on reading it. If that worries you, do not send it here. Go to another authority, such as the Internal Control Body. Guidance shows which ones there are.
guide-proteccion-4 = If there are reprisals already
guide-proteccion-4-1 = Say so in the form: there is a question for that.
guide-proteccion-4-2 = If you have filed, come in with your 12 words and write to the Committee.
guide-proteccion-4-3 = Keep messages, letters and dates.
guide-proteccion-4-4 = If there is danger, call 911.
guide-proteccion-sources = Protocol on sexual harassment, numerals 7, 28 and 41 to 44; guidelines of the committees, arts. 51 and 67 to 70 (state text); General Law of Administrative Responsibilities, art. 64.

## Support

guide-apoyo = You are not alone
guide-apoyo-short = Where to find support, now or later.
guide-apoyo-lead = You can ask for support before, during or after filing. You can also ask for it and not file.
guide-apoyo-1 = If this weighs on you
guide-apoyo-1-1 = What you feel is normal. It is not your fault.
guide-apoyo-1-2 = Go at your own pace. What you write stays in the open page only, which is good for 8 hours. If you need time, write your story somewhere else first, on a device of your own.
guide-apoyo-1-3 = If you can, talk to somebody you trust outside work.
guide-apoyo-2 = What you can ask of the Committee
guide-apoyo-2-text = In the form you can ask for medical, psychological or legal support, or for a support adviser (persona consejera). The adviser listens, explains your options and goes with you. They do not decide for you.
guide-apoyo-sources = Protocol on sexual harassment, numerals 14 to 18, 22, 23 and 28; Protocol against discrimination, numerals 11 to 15. Contacts carry the date of the page that gave them.

## Privacy notice

guide-privacidad = Simplified privacy notice
guide-privacidad-short = What is kept, who sees it and what for.
guide-privacidad-lead = The Institute’s Ethics Committee takes care of the data that you choose to give. You can file without giving any.
guide-privacidad-1 = What is kept
guide-privacidad-1-1 = What you write and the files you send, sealed. Only the Committee opens them.
guide-privacidad-1-2 = The day on which it came, without the hour.
guide-privacidad-1-3 = The messages between you and the Committee. Your 12 words open them.
guide-privacidad-2 = What is not kept
guide-privacidad-2-1 = Your network address or data of your device.
guide-privacidad-2-2 = Cookies or traces of your visit.
guide-privacidad-2-3 = Your 12 words.
guide-privacidad-3 = What it is used for
guide-privacidad-3-1 = To handle your complaint and to protect people.
guide-privacidad-3-2 = To make counts in which nobody can be recognised.
guide-privacidad-3-3 = Your consent is not needed for what the law orders the Committee to do.
guide-privacidad-4 = Who it is passed on to
guide-privacidad-4-text = Nobody, except the competent authority: when the law orders it or when you authorise it. The form asks whether you authorise a handover to the Internal Control Body.
guide-privacidad-5 = Your rights
guide-privacidad-5-text = You can ask to see, correct or erase your data, or that it is not used. Ask at the Institute’s Transparency Unit. What another person asks will never say who filed.
guide-privacidad-6 = What cannot be prevented
guide-privacidad-6-1 = Whoever runs the network you use can see that you came to this site.
guide-privacidad-6-2 = Whoever uses your device can see what you visited.
guide-privacidad-6-3 = What you tell may say who you are. Choose the details well.
guide-privacidad-sources = General Law on Protection of Personal Data Held by Obliged Parties (DOF 20-03-2025), arts. 20 to 22.

guide-privacidad-integral = Full privacy notice
guide-privacidad-integral-short = The whole notice, with its legal grounds.
guide-privacidad-integral-lead = This is the whole notice. The simplified notice says the same in fewer words.
guide-privacidad-integral-1 = Who is responsible
guide-privacidad-integral-1-text = The Mexican Institute of Social Security, through its Ethics Committee. The address of the Institute and of its Transparency Unit will be shown here once they are verified, with the date. This site shows no contact that was not verified.
guide-privacidad-integral-2 = Which data are processed
guide-privacidad-integral-2-1 = About you, only if you want: name, a way to reach you, sex, age group, your tie to the Institute and how you know.
guide-privacidad-integral-2-2 = About others: what you tell about the person you denounce and about those who saw something.
guide-privacidad-integral-2-3 = Sensitive data: the story may be about somebody’s health, sexual life, origin, faith or ideas. They get the highest care.
guide-privacidad-integral-2-4 = From files: what they contain and, if you choose the original, their hidden data.
guide-privacidad-integral-3 = What for, and on what legal ground
guide-privacidad-integral-3-1 = To take, check and handle the complaint: Code of Ethics of the federal administration, art. 24; guidelines of the committees.
guide-privacidad-integral-3-2 = To protect the presumed victim: Protocol on sexual harassment, numerals 41 to 44.
guide-privacidad-integral-3-3 = To notify the authority: General Law of Administrative Responsibilities, art. 91.
guide-privacidad-integral-3-4 = To write the yearly report and the counts, without anybody’s data.
guide-privacidad-integral-3-5 = There are no other uses. No consent is asked because the law orders it: article 16, sections I and IV.
guide-privacidad-integral-4 = Who they may be passed on to
guide-privacidad-integral-4-1 = The Internal Control Body: if there are signs of a breach, with your opinion first.
guide-privacidad-integral-4-2 = The Anti-corruption and Good Government Secretariat: the record that the rules order, without your name.
guide-privacidad-integral-4-3 = A judge or the public prosecutor: if the law orders it.
guide-privacidad-integral-5 = How to exercise your rights
guide-privacidad-integral-5-1 = You can ask for access, rectification, cancellation or objection. These are the ARCO rights.
guide-privacidad-integral-5-2 = Ask at the Transparency Unit or on the National Transparency Platform. They answer in 20 working days and may ask for 10 more.
guide-privacidad-integral-5-3 = If you filed without a name, ask through the mailbox of your 12 words. So you need not say who you are.
guide-privacidad-integral-5-4 = The person denounced has these rights too. The answer never says who filed.
guide-privacidad-integral-6 = How they are protected
guide-privacidad-integral-6-1 = Each complaint is sealed with a key that only the Committee has.
guide-privacidad-integral-6-2 = If you named somebody of the Committee and the site recognises them, that person can neither open it nor know that it exists. If they are not recognised, the Committee decides on reading it.
guide-privacidad-integral-6-3 = If something goes wrong that affects you, the Committee must tell you through the mailbox.
guide-privacidad-integral-7 = How long they are kept
guide-privacidad-integral-7-text = While the complaint is handled and for as long as the archive catalogue sets. The law wants them blocked and erased afterwards. This site does not yet erase them by itself. What is uploaded and not sent, it does: within days.
guide-privacidad-integral-8 = If this notice changes
guide-privacidad-integral-8-text = The change is told on this page, with its version number and date.
guide-privacidad-integral-sources = General Law on Protection of Personal Data Held by Obliged Parties (DOF 20-03-2025), arts. 3, 7, 16 to 22, 24 to 36, 45 and 68 to 71; General Law of Archives, arts. 13 and 58.
privacy-full-link = Read the full notice
privacy-short-link = Read the simplified notice

## Orientation by questions

orientation-peligro = Is somebody in danger now?
orientation-peligro-si = Yes
orientation-peligro-no = No
orientation-asunto = What is it about?
orientation-asunto-acoso_sexual = Sexual harassment, in person or by messages
orientation-asunto-discriminacion = I am treated worse for what I am or believe
orientation-asunto-agresiones = Blows, shouting or threats
orientation-asunto-maltrato = Mistreatment at work or abuse of command
orientation-asunto-corrupcion = Money, favours, theft or contracts
orientation-asunto-derechos_humanos = An authority did not respect my rights
orientation-asunto-servicio = Only poor care at an appointment or an office
orientation-asunto-laboral = Only a matter of my post, pay or a sanction
orientation-asunto-conflicto_interes = I do not know whether I have a conflict of interest
orientation-asunto-datos_personales = My personal data were misused
orientation-asunto-otro = Something else, or I do not know
orientation-persona = Who did it?
orientation-persona-imss = Somebody who works at the IMSS
orientation-persona-otra_institucion = Somebody of another public institution
orientation-persona-particular = Somebody who does not work for the government
orientation-persona-no_se = I do not know
orientation-trabaja = Do you work at the IMSS?
orientation-trabaja-si = Yes
orientation-trabaja-no = No
orientation-choose = Choose an answer.
orientation-missing = Still to be answered:
orientation-not-kept = Your answers are not kept. They serve this page only.
orientation-ask = See who can help
orientation-again = Answer again
orientation-all = See all instances
orientation-result = Who can help
orientation-committee = This Ethics Committee
orientation-committee-text = You can file here, with your name or without it.
orientation-why-danger = First, your safety.
orientation-why-competent = This Committee is in charge.
orientation-why-company = They listen and go with you, wherever you go.
orientation-why-women = Open day and night.
orientation-why-investigates = It investigates and can impose sanctions. You choose whether to go.
orientation-why-sanctions = It investigates and can impose sanctions.
orientation-why-serious = For serious cases.
orientation-why-discrimination = In charge of discrimination in the whole country.
orientation-why-rights = In charge of human rights.
orientation-why-service = In charge of the quality of care.
orientation-why-labour = In charge of labour matters.
orientation-why-doubt = Settles doubts before there is a breach.
orientation-why-data = In charge of personal data.
orientation-why-elsewhere = In charge is the institution where that person works.
orientation-why-crime = If it may be a crime.
orientation-why-private = If it may be a crime of somebody outside the government.
orientation-why-listening = Listens to those who work at the Institute.
orientation-why-open = You can always tell it here too.
