# Textos de la mesa del Comité.

## Problemas propios

problem-sealed = El servicio está sellado.
problem-sealed-next = Nadie puede entrar ni leer asuntos hasta que se abra con la llave del Comité.
problem-signed-out = Falta entrar, o la sesión terminó.
problem-signed-out-next = Entre de nuevo.
problem-credentials = El usuario y la frase no corresponden.
problem-credentials-next = Revise ambos y escríbalos de nuevo.
problem-code = El código no es válido, o ya se usó.
problem-code-next = Espere al código siguiente de su aplicación, o use otro código de recuperación.
problem-invitation-code = El código no es correcto.
problem-invitation-code-next = Pídalo de nuevo a quien se lo dijo.
problem-invitation = Esta invitación no existe, ya se usó, venció o quedó sin efecto.
problem-invitation-next = Pida otra a quien le invitó. Nadie puede usar dos veces el mismo enlace.
problem-agreement = Falta aceptar el acuerdo de confidencialidad.
problem-agreement-next = Sin él nadie puede abrir asuntos. Léalo y marque la casilla.
problem-differ = Las dos frases no son iguales.
problem-differ-next = Escríbalas de nuevo, sin prisa.
problem-phrase-short = La frase es muy corta.
problem-phrase-short-next = Use al menos 12 letras. Lo mejor son cuatro palabras elegidas al azar.
problem-phrase-long = La frase es muy larga.
problem-phrase-long-next = Use 200 letras o menos.
problem-phrase-personal = La frase tiene datos que otras personas saben de usted.
problem-phrase-personal-next = No use su nombre, su usuario ni su lugar de trabajo. Elija cuatro palabras al azar.
problem-phrase-guessable = La frase se adivina con facilidad.
problem-phrase-guessable-next = Evite frases comunes, fechas y letras repetidas o seguidas. Elija cuatro palabras al azar.
problem-passphrase = La frase actual no es correcta.
problem-passphrase-next = No se cambió nada. Escríbala de nuevo.
problem-device = El dispositivo no se pudo comprobar.
problem-device-next = Inténtelo de nuevo, o use un código.
problem-last-factor = Es su único segundo paso y no se puede quitar.
problem-last-factor-next = Agregue antes otra llave de acceso o una aplicación.
problem-too-many-devices = Ya tiene cuatro llaves de acceso.
problem-too-many-devices-next = Quite una antes de agregar otra.
problem-demonstration = La cuenta de la demostración no tiene segundo paso.
problem-demonstration-next = En una instalación real, cada integrante tiene el suyo.
problem-member-name = Falta el nombre o el primer apellido.
problem-member-name-next = Escriba ambos con letras, en 80 o menos cada uno.
problem-member-login = Ese usuario no se puede usar.
problem-member-login-next = Use de 3 a 40 letras, números, puntos o guiones, sin espacios.
problem-member-login-taken = Otra persona ya tiene ese usuario.
problem-member-login-taken-next = Elija otro.
problem-member-seat = Falta elegir el lugar en el Comité.
problem-member-seat-next = Elija uno de la lista.
problem-member-standing = Una persona suplente tiene el mismo lugar que su titular.
problem-member-standing-next = Revise el lugar o a quién suple.
problem-member-unit = La unidad de trabajo no está bien escrita.
problem-member-unit-next = Elija de las listas y use 300 letras o menos.
problem-member-term = El periodo no está bien escrito.
problem-member-term-next = Escriba desde qué día. Si escribe hasta cuándo, debe ser después.
problem-member-reason = Falta el motivo.
problem-member-reason-next = Lo leerá quien deba estar de acuerdo.
problem-member-suplentes = Alguien es suplente de esta persona en su lugar actual.
problem-member-suplentes-next = Pida primero que cambie a quién suple esa persona, o su baja.
problem-member-agreement = El día del acuerdo de confidencialidad no está bien.
problem-member-agreement-next = Escriba el día en que se firmó, hoy o antes.
problem-member-unchanged = No cambió ningún dato.
problem-member-unchanged-next = Cambie lo que haga falta, o vuelva a la lista.
problem-no-member = No hay tal persona integrante.
problem-no-member-next = Vuelva a la lista de integrantes.
problem-member-suspension-day = El día de la suspensión no está bien.
problem-member-suspension-day-next = Escriba un día del último año o de los próximos 31 días.
problem-crowded = Hay demasiados intentos de entrada.
problem-crowded-next = Espere un minuto y escriba de nuevo.
problem-early = Hubo varios códigos equivocados. El siguiente se revisa más tarde.
problem-early-next = Espere hasta 15 minutos y escriba el código de ese momento. Desde un navegador en el que ya entró antes no hay que esperar.
problem-share-refused = La parte no se aceptó.
problem-share-refused-next = Revise que sea su archivo y que la frase sea la suya. Si ya la entregó, no hace falta entregarla otra vez.
problem-unseal-failed = Las partes abren una llave que no es la de estos asuntos.
problem-unseal-failed-next = El servicio sigue sellado. Avise a quien lo opera.
problem-foreign = La petición viene de otro sitio.
problem-foreign-next = No se hizo nada. Abra la mesa del Comité y hágalo desde ahí.
problem-token = La petición no lleva la clave de su sesión.
problem-token-next = No se hizo nada. Abra la página de nuevo y repítalo.
problem-no-case = No hay ningún asunto con ese folio.
problem-no-case-next = Vuelva a la lista y elija uno.
problem-not-yours = Esta acción no corresponde a su lugar en el Comité.
problem-not-yours-next = Pida a la Presidencia o a una Secretaría que la haga.
problem-no-copy = Todavía no tiene una copia de la llave de este asunto.
problem-no-copy-next = La recibirá cuando otra persona integrante abra el asunto. Pídaselo a la Presidencia o a una Secretaría.
problem-case-closed = Este asunto no se puede abrir.
problem-case-closed-next = Sus documentos no coinciden con la llave en uso. Avise a quien opera el servicio.
problem-log-changed = La bitácora del Comité no es la que este servicio escribió.
problem-log-changed-next = Alguien cambió los datos guardados. No se hizo nada. Avise a todo el Comité y a quien opera el servicio: con «guiando audit verify» se ve qué cambió.
problem-state-changed = Lo que el servicio guarda no es lo que él mismo había anotado.
problem-state-changed-next = Alguien quitó datos guardados o puso otros de antes. No se hizo nada. Avise a todo el Comité y a quien opera el servicio: hay que devolver los datos a como estaban.

## Todas las páginas

desk-brand = Mesa del Comité de Ética
desk-skip = Ir al contenido
desk-leave = Salir
desk-home = Volver al inicio
desk-foot = Lo que aquí se lee es confidencial. La sesión termina sola tras 30 minutos sin uso.
desk-yes = Sí
desk-no = No
desk-sealed-how = Si la llave del Comité no está repartida, quien opera el servicio lo inicia con el archivo de la identidad y escribe su frase:
desk-sealed-safe = Mientras tanto se siguen recibiendo denuncias: esperan selladas y ninguna se pierde.

## Abrir y sellar el servicio

desk-unseal = Abrir con las partes de la llave
desk-unseal-lead = La llave del Comité está repartida entre sus integrantes. Cada integrante entrega aquí su parte. Cuando hay suficientes, el servicio se abre.
desk-unseal-progress = Partes recibidas: { $came } de { $needed }.
desk-unseal-file = Archivo de su parte
desk-unseal-file-hint = Se llama como «share-1.key». Se lee sólo en memoria y no se guarda.
desk-unseal-passphrase = Su frase
desk-unseal-hand-in = Entregar mi parte
desk-unseal-none = Este servicio no sabe qué partes abren la llave. Quien lo opera debe iniciarlo con el archivo «committee.pub» que se hizo junto con ellas:
desk-seal = Sellar el servicio
desk-seal-lead = El servicio olvida la llave y todas las sesiones terminan. Para abrirlo harán falta otra vez las partes de sus integrantes. Si la llave no está repartida, quien lo opera tendrá que iniciarlo de nuevo.
desk-seal-now = Sellar ahora

## Entrar

desk-sign-in = Entrar a la mesa
desk-sign-in-lead = Sólo para integrantes del Comité de Ética.
desk-user = Usuario
desk-passphrase = Frase de paso
desk-enter = Entrar
desk-sign-in-hint = ¿Quiere presentar una denuncia? Este no es el lugar: use la página pública, que no pide ningún dato.

## Segundo paso

desk-second = Segundo paso
desk-second-lead = Falta mostrar que es usted: con un código o con una llave de acceso.
desk-second-passkey = Con una llave de acceso
desk-second-use-passkey = Usar mi llave de acceso
desk-passkey-failed = El dispositivo no contestó, o usted canceló. Inténtelo de nuevo o use un código.
desk-second-code = Código
desk-second-code-app = Los 6 números que muestra ahora su aplicación.
desk-second-code-recovery = También sirve uno de sus códigos de recuperación.
desk-second-lost = ¿Perdió su aplicación y sus códigos? Pida a dos integrantes del Comité que le readmitan.
desk-demonstration = Demostración: esta cuenta entra sin segundo paso. No la use con denuncias reales.

## Integrantes

desk-nav = Secciones
desk-members = Integrantes
desk-members-order = Por lugar en el Comité; al final quienes ya no están.
desk-member-name = Nombre
desk-member-seat = Lugar en el Comité
desk-member-login = Usuario para entrar
desk-member-unit = Unidad de trabajo
desk-member-term = Periodo
desk-member-state = Estado
desk-member-given = Nombre o nombres
desk-member-first-surname = Primer apellido
desk-member-second-surname = Segundo apellido, si tiene
desk-member-choose = Elija
desk-member-none = Ninguna
desk-member-stands-in = Es suplente de
desk-member-titular = Nadie: es titular
desk-member-suplente = Suplente de { $name }
desk-member-from = Desde
desk-member-until = Hasta, si tiene término
desk-member-ooad = OOAD
desk-member-umae = UMAE
desk-member-place = Centro de trabajo
desk-member-area = Área o servicio
desk-member-unit-why = La unidad sirve para saber en qué asuntos no puede actuar: nadie atiende los de su propia unidad, salvo Presidencia y las dos Secretarías. El área o servicio sólo se muestra: no se compara.
desk-member-term-open = Desde el { $from }
desk-member-term-until = Del { $from } al { $until }
desk-member-invited = Con invitación hasta el { $until }
desk-member-expired = Su invitación venció
desk-member-active = Puede entrar
desk-member-ended = Salió el { $on }
desk-member-change = Cambios
desk-member-reason = Motivo
desk-member-takes-two = Otra persona integrante debe estar de acuerdo. Hasta entonces no pasa nada.
desk-member-readmit = Pedir readmisión
desk-member-readmit-why = Para quien perdió su frase o su segundo paso, o dejó vencer su invitación. Recibe un enlace, un código y una llave nueva; lo anterior deja de servir.
desk-member-end = Pedir la baja
desk-member-end-why = Deja de entrar al momento. Sus asuntos cambian de llave.
desk-member-agreement = Acuerdo de confidencialidad firmado el
desk-amend = Cambiar sus datos
desk-amend-back = Volver a integrantes
desk-amend-ask = Pedir el cambio
desk-amend-lead = Cuando otra persona esté de acuerdo, todos los asuntos se revisan de nuevo con el nombre, el lugar y la unidad nuevos, también aquellos en que se levantó una excusa. Lo que ya se le retiró no vuelve.
desk-amend-changes = Cambios
desk-amend-line = { $detail }: antes { $was }; ahora { $becomes }
desk-detail-NAME = Nombre
desk-detail-SEAT = Lugar en el Comité
desk-detail-STANDING = Suplencia
desk-detail-UNIT = Unidad de trabajo
desk-detail-TERM = Periodo
desk-detail-AGREEMENT = Acuerdo de confidencialidad
desk-detail-titular = Titular
desk-member-suspended = Suspendida desde el { $from }
desk-member-to-be-suspended = { $state }. Se suspende el { $from }
desk-member-suspend = Pedir la suspensión
desk-member-suspend-why = Para quien tiene una denuncia admitida en su contra, hasta que se resuelva (numeral 39). Mientras dura, sólo entra a su propia cuenta, sus asuntos cambian de llave y actúa su suplente. No escriba en el motivo datos de la denuncia: también lo lee quien no la conoce.
desk-member-suspend-from = Desde qué día
desk-member-reinstate = Pedir que se levante la suspensión
desk-member-reinstate-why = Vuelve a actuar al momento. Recupera los asuntos que le corresponden cuando otra persona integrante los abra; los que se le ocultaron por conflicto de interés siguen ocultos.
desk-invite = Invitar
desk-invite-link = Entregue este enlace en persona. Se muestra sólo esta vez.
desk-invite-link-next = Sirve una vez y vence en 7 días. No lo mande por correo ni por mensaje.
desk-invite-link-waits = Sirve cuando otra persona integrante esté de acuerdo. Esa persona recibe un código y lo dice a quien entra: el enlace solo no basta.
desk-invite-code = Diga este código de viva voz, aparte del enlace. Los dos juntos dejan entrar.
desk-found = Fundar el Comité
desk-found-lead = El servicio está abierto y nadie puede entrar todavía. Invite a las primeras personas integrantes. Esta página termina cuando la primera acepte, o en 30 minutos.
desk-found-invited = Ya invitó a
desk-seat-PRESIDENCIA = Presidencia
desk-seat-SECRETARIA_EJECUTIVA = Secretaría Ejecutiva
desk-seat-SECRETARIA_TECNICA = Secretaría Técnica
desk-seat-ELECTA = Persona electa
desk-seat-REPRESENTACION_OIC = Representación del OIC
desk-seat-CONSEJERA = Persona consejera
desk-seat-ASESORA = Persona asesora
desk-seat-INVITADA = Persona invitada

## Aceptar una invitación

desk-enrol = Le invitaron al Comité de Ética
desk-enrol-code-lead = Escriba el código que le dijeron de viva voz. No es el enlace.
desk-enrol-code = Código de la invitación
desk-enrol-code-send = Continuar
desk-enrol-code-left = { $count ->
    [one] Le queda 1 intento.
   *[other] Le quedan { $count } intentos.
}
desk-enrol-lead = Revise que sea usted. Después haga su frase y su segundo paso. Nadie más los conocerá.
desk-enrol-agreement = Acuerdo de confidencialidad
desk-enrol-agreement-text = Me comprometo a no dar a conocer lo que sepa por el Comité: ni los asuntos, ni quién denuncia, ni a quién se denuncia, ni lo que se diga en sesión. Sigo con este deber cuando deje el Comité. Si tengo un conflicto de interés, lo digo y no actúo.
desk-enrol-agreement-source = Fuente: deberes de las personas integrantes (CHIS 23 y 34; LGRA 58).
desk-enrol-agree = Lo leí y lo acepto hoy.
desk-enrol-phrase = Frase de paso
desk-enrol-phrase-hint = Al menos 12 letras. Lo mejor son cuatro palabras al azar que sólo usted sepa. Si la pierde, nadie puede recuperarla.
desk-enrol-again = La misma otra vez
desk-enrol-second = Segundo paso
desk-enrol-with-app = Aceptar con la aplicación
desk-enrol-or-passkey = O use una llave de acceso: su teléfono, su huella o una llave física. Escriba antes su frase.
desk-enrol-with-passkey = Aceptar con una llave de acceso
desk-enrolled = Ya es parte de la mesa
desk-enrolled-lead = Entre con el usuario { $login }, su frase y su segundo paso.
desk-app = Aplicación de códigos
desk-app-how = Con una aplicación de códigos en su teléfono, lea este dibujo. La aplicación muestra 6 números que cambian.
desk-app-picture = Dibujo para la aplicación de códigos
desk-app-typed = Si no puede leerlo, escriba esta clave:
desk-app-code = Los 6 números que muestra
desk-app-there = Tiene una aplicación.
desk-app-none = No tiene aplicación.
desk-app-set = Poner una aplicación nueva
desk-app-remove = Quitar la aplicación
desk-codes = Códigos de recuperación
desk-codes-once = Anote o imprima estos códigos ahora. No se vuelven a mostrar. Cada uno sirve una vez, si pierde su segundo paso.
desk-codes-keep = Guárdelos en papel, lejos de su equipo y de su frase.
desk-codes-left = { $count ->
    [one] Le queda 1 código.
   *[other] Le quedan { $count } códigos.
}
desk-codes-new = Hacer códigos nuevos
desk-codes-new-why = Los anteriores dejan de servir.

## Mis accesos

desk-account = Mis accesos
desk-account-back = Volver a mis accesos
desk-away-suspended = Su participación está suspendida desde el { $from }.
desk-away-term = Su periodo en el Comité no está vigente.
desk-away-meanwhile = Mientras tanto, aquí sólo puede ver y cuidar su propia cuenta.
desk-sessions = Mis sesiones
desk-session-line = Desde { $begun }; último uso { $used }.
desk-session-this = Es ésta.
desk-session-end = Terminar
desk-session-end-others = Terminar todas las demás
desk-devices = Llaves de acceso
desk-devices-none = No tiene llaves de acceso.
desk-device-label = Nombre para reconocerla
desk-device-add = Agregar una llave de acceso
desk-device-remove = Quitar
desk-current = Su frase actual
desk-phrase = Frase de paso
desk-phrase-new = Frase nueva
desk-phrase-change = Cambiar mi frase
desk-own-key = Su llave pública
desk-own-key-why = Con ella se sellan para usted los asuntos que puede abrir. Sólo su frase abre la otra mitad.

## Lista

desk-cases = Asuntos
desk-count-all = en la lista
desk-count-urgent = de prioridad urgente
desk-count-overdue = con plazo vencido
desk-count-soon = con plazo por vencer
desk-count-review = para revisión humana
desk-backlog-quarantined = { $count ->
    [one] 1 sobre se apartó porque no se pudo abrir. Se conserva entero.
   *[other] { $count } sobres se apartaron porque no se pudieron abrir. Se conservan enteros.
}
desk-backlog-foreign = { $count ->
    [one] 1 sobre está sellado con otra llave del Comité y espera a que se use esa llave.
   *[other] { $count } sobres están sellados con otra llave del Comité y esperan a que se use esa llave.
}
desk-any = Todos
desk-year = Año
desk-filter = Filtrar
desk-filter-none = Quitar el filtro
desk-empty = Todavía no hay asuntos.
desk-empty-next = Cuando llegue una denuncia, aparecerá aquí con su folio.
desk-empty-filter = Ningún asunto coincide con el filtro.
desk-folio = Folio
desk-priority = Prioridad
desk-risk = Riesgo ético
desk-state = Estado
desk-place = OOAD o UMAE
desk-received = Recibida
desk-next-term = Próximo plazo
desk-no-term = Ningún plazo corre.
desk-unclassified = Sin clasificar
desk-untold = Sin dato
desk-review = Revisión humana

## Un asunto

desk-back = Todos los asuntos
desk-danger = Hay peligro en este momento
desk-danger-next = La persona denunciante indicó un peligro inmediato. Lea el asunto ahora y valore medidas de protección.
desk-alarm = Puede haber una vida en riesgo y nadie lo ha atendido todavía.
desk-alarm-next = Ábralo ahora. Cuando alguien lo atienda, quite la marca en el trámite del asunto:
desk-alarm-others = y { $count } más.
desk-alarm-unknown = No se puede saber ahora si hay una vida en riesgo.
desk-alarm-unknown-next = Vuelva a cargar la página. Si el aviso sigue, hable con quien opera el servicio.
desk-keep-from = No deben conocer este asunto
desk-keep-from-next = La persona denunciante pidió que estas personas queden fuera. Respételo antes de compartir cualquier dato:
desk-retaliation = La persona denunciante teme o vive represalias.
desk-narrative = Relato
desk-unseen = El relato trae caracteres que no se ven. Aquí se muestran con su número, así: ⟦U+202E⟧. Alguno podría cambiar el orden en que se lee.
desk-marks = Resaltado: las frases que movieron la clasificación propuesta.
desk-suspected = La persona denunciante cree que se trata de: { $risk }.
desk-people = Personas denunciadas
desk-facts = Hechos
desk-witnesses = Testigos
desk-wishes = Lo que pide
desk-reporter = Persona denunciante
desk-anonymous = Anónima
desk-messages = Mensajes con la persona denunciante
desk-no-messages = No hay mensajes.
desk-messages-order = En el orden de su buzón. La hora no se guarda.
desk-register = Registro
desk-terms = Plazos
desk-term-runs = Plazo de { $length }, desde el { $date }, que no cuenta.
desk-source = Fuente
desk-confidence = Confianza
desk-advisory = Sólo avisa; no decide.
desk-proposal = Propuesta de clasificación
desk-decides = Es una propuesta automática: la decisión es de una persona.
desk-review-why = Ésta pide que alguien la revise antes de seguirla.
desk-no-proposal = Todavía no hay propuesta; se hace en la próxima ronda.
desk-also = También puede haber
desk-urgency = Urgencia del relato
desk-mediation = Mediación
desk-protocol = Protocolo
desk-no-protocol = Ninguno especial
desk-referral = Vista al órgano de control
desk-referral-alert = { $when } Conviene preguntar por su curso a los { $term }.
desk-reasons = Razones y reglas
desk-rule-risk = Por el riesgo: { $risk }.
rule-peligro_inmediato = Quien denuncia dice que hay peligro en este momento: la prioridad es urgente y una persona lee el asunto.
rule-urgencia_alta = El relato indica urgencia alta: la prioridad es alta o mayor.
rule-urgencia_media = El relato indica urgencia media: la prioridad es media o mayor.
rule-clasificacion_dudosa = La clasificación propuesta es dudosa: una persona la revisa.
rule-fuera_competencia = Puede no ser competencia del Comité: lo decide una persona.
rule-AV01 = Se le avisa de todos los asuntos.
rule-AV02 = Se le avisa de todos los asuntos.
rule-AV03 = Se le avisa cuando una persona tiene que revisar la propuesta.
rule-AV04 = Se le avisa cuando hay peligro en este momento.
rule-AV05 = Se le avisa cuando se sigue el protocolo de hostigamiento y acoso sexual.
rule-AV06 = Se le avisa cuando se sigue el protocolo de hostigamiento y acoso sexual.
rule-AV07 = Se le avisa cuando se sigue el protocolo de discriminación.
rule-AV08 = Se le avisa cuando se sigue el protocolo de discriminación.
rule-AV09 = Se le avisa cuando puede corresponder una vista al Órgano Interno de Control.
rule-COM01 = Sólo se propone a personas electas que pueden conocer del asunto; la comisión la nombra la Presidencia.
rule-COM02 = Si son más que los lugares, se propone por turno, según el número del folio.
desk-phrases = Frases por riesgo
desk-probabilities = Probabilidades
desk-probability = Probabilidad
desk-orientation = Orientación a otras instancias
desk-verified = (verificado el { $date })
desk-model = Clasificador: { $model }.

## Nombres de los datos

desk-fact-received = Recibida el
desk-fact-state = Estado
desk-fact-ooad = OOAD
desk-fact-umae = UMAE
desk-fact-messages = Mensajes posteriores
desk-fact-name = Nombre
desk-fact-position = Puesto
desk-fact-area = Área
desk-fact-rank = Relación de mando
desk-fact-description = Descripción
desk-fact-contact = Contacto
desk-fact-from = Desde
desk-fact-to = Hasta
desk-fact-ongoing = Sigue ocurriendo
desk-fact-frequency = Frecuencia
desk-fact-place-kind = Dónde
desk-fact-place-detail = Lugar, en sus palabras
desk-fact-danger = Peligro inmediato
desk-fact-retaliation = Represalias
desk-fact-protection = Pide medidas de protección
desk-fact-support = Apoyo que pide
desk-fact-consent = Acepta que pase al órgano de control
desk-fact-notice = Aviso de privacidad que se le mostró, edición
desk-fact-filed-with = Ya la presentó en
desk-fact-identity = Identidad
desk-fact-role = Calidad
desk-fact-bond = Vínculo con el Instituto
desk-fact-sex = Sexo
desk-fact-age-group = Edad
desk-fact-workplace-kind = Tipo de centro de trabajo
desk-fact-workplace-place = Centro de trabajo, en sus palabras

## Códigos en palabras

state-RECIBIDA = Recibida
state-EN_REVISION = En revisión
state-PREVENIDA = Con prevención
state-REGISTRADA = Registrada
state-EN_ANALISIS = En análisis
state-ARCHIVADA_SIN_TRAMITE = Archivada sin trámite
state-NO_ADMITIDA = No admitida
state-ORIENTADA = Orientada a otra instancia
state-ADMITIDA = Admitida
state-EN_INDAGACION = En indagación
state-EN_DESCARGO = En descargo
state-EN_PRUEBAS = En pruebas
state-EN_MEDIACION = En mediación
state-EN_PROYECTO = En proyecto
state-EN_DETERMINACION = En determinación
state-DETERMINADA = Determinada
state-EN_SEGUIMIENTO = En seguimiento
state-CONCLUIDA_MEDIACION = Concluida por mediación
state-CONCLUIDA_ANTICIPADA = Concluida anticipadamente
state-REABIERTA = Reabierta
state-CONCLUIDA = Concluida
priority-urgente = Urgente
priority-alta = Alta
priority-media = Media
priority-baja = Baja
urgency-alta = Alta
urgency-media = Media
urgency-baja = Baja
mediation-possible = Posible, si sólo se afecta la esfera personal
mediation-case_by_case = Lo decide una persona, caso por caso
mediation-blocked_by_default = No procede, salvo que conste que no revictimiza
mediation-forbidden = No procede
protocol-HSYAS = Hostigamiento sexual y acoso sexual
protocol-DISC = Actos de discriminación
referral-always_assess = Se valora siempre, con la voluntad de la presunta víctima.
referral-mandatory_if_fault = Obligatoria si hay elementos de falta administrativa.
referral-if_fault = Posible si hay elementos de falta administrativa.
confidence-a = se leyó la norma misma.
confidence-b = texto estatal que sigue al federal.
confidence-c = por confirmar.
signal-EN_TIEMPO = En tiempo
signal-MITAD = Va a la mitad
signal-POR_VENCER = Por vencer
signal-VENCE_HOY = Vence hoy
signal-VENCIDO = Vencido
subject-priority = Prioridad
subject-mediation = Mediación
subject-protocol = Protocolo
subject-escalation = Motivo
unit-working_days = { $count ->
    [one] 1 día hábil
   *[other] { $count } días hábiles
}
unit-calendar_days = { $count ->
    [one] 1 día natural
   *[other] { $count } días naturales
}
unit-months = { $count ->
    [one] 1 mes
   *[other] { $count } meses
}
unit-years = { $count ->
    [one] 1 año
   *[other] { $count } años
}
desk-rank-SUPERIOR = Puesto superior al de la persona afectada
desk-rank-MISMO_NIVEL = Mismo nivel
desk-rank-SUBORDINADA = Puesto inferior
desk-rank-SIN_RELACION = Fuera de la línea de mando
desk-rank-NO_SE = No lo sabe
desk-referral-consent-SI = Sí
desk-referral-consent-NO = No
desk-referral-consent-QUIERO_ORIENTACION = Quiere orientación antes de decidir
desk-reporter-role-PRESUNTA_VICTIMA = Presunta víctima
desk-reporter-role-TESTIGO = Testigo
desk-reporter-role-TERCERO = Tercera persona
desk-reporter-role-PERSONA_CONSEJERA = Persona consejera
desk-reporter-role-INTEGRANTE_COMITE = Integrante del Comité
desk-bond-PERSONA_SERVIDORA_PUBLICA = Persona servidora pública
desk-bond-RESIDENTE_O_BECARIA = Residente o persona becaria
desk-bond-SERVICIO_SOCIAL = Servicio social o prácticas
desk-bond-HONORARIOS = Honorarios
desk-bond-SUBCONTRATADA = Empresa contratada
desk-bond-DERECHOHABIENTE = Derechohabiente
desk-bond-PARTICULAR = Particular
desk-bond-NO_DICE = Prefirió no decirlo
desk-sex-MUJER = Mujer
desk-sex-HOMBRE = Hombre
desk-sex-OTRO = Otro
desk-sex-NO_DICE = Prefirió no decirlo
desk-age-group-15-19 = 15 a 19 años
desk-age-group-20-29 = 20 a 29 años
desk-age-group-30-39 = 30 a 39 años
desk-age-group-40-49 = 40 a 49 años
desk-age-group-50-59 = 50 a 59 años
desk-age-group-60_O_MAS = 60 años o más
desk-age-group-NO_DICE = Prefirió no decirlo

## Excusas y quién puede ver un asunto

problem-nobody-left = Nadie más podría abrir este asunto.
problem-nobody-left-next = No se hizo nada. Compártalo antes con otra persona integrante que no tenga conflicto.
problem-kept-out = Esta persona tiene un conflicto en este asunto.
problem-kept-out-next = No se compartió. Si es un homónimo o un error, pida que se levante la excusa.
problem-taken-by-two = Dos personas retiraron este asunto a esta persona.
problem-taken-by-two-next = No se compartió. Para devolvérselo se necesitan dos personas: pídalo en «Levantar una excusa».
problem-no-key-yet = Esta persona aún no ha aceptado su invitación.
problem-no-key-yet-next = No se compartió. Podrá compartirlo cuando entre por primera vez.
desk-who-sees = Quién puede ver este asunto
desk-may-open = Pueden abrirlo
desk-by-seat = Por su cargo en el Comité.
desk-by-shared = Se le compartió.
desk-by-suspended = Su participación está suspendida: por ahora no puede abrirlo.
desk-waits-copy = Tendrá su copia de la llave cuando otra persona abra el asunto.
desk-kept-out = No pueden verlo
desk-kept-out-none = Nadie del Comité quedó fuera.
desk-kept-out-secret = Para estas personas el asunto no existe. No les hable de él.
desk-since = Desde el { $date }.
desk-withheld = Podría tratarse de esta persona. No lo verá hasta que el Comité lo decida.
desk-no-member-any-more = Persona que ya no integra el Comité
desk-unplaced = Peticiones que no coinciden con nadie del Comité
desk-unplaced-next = La persona denunciante pidió dejar fuera a alguien que el sistema no reconoce. Léalas: si se refieren a una persona integrante, proponga su excusa.
desk-recusals-link = Excusas y compartir
desk-recusals = Excusas de un asunto
desk-back-case = Volver al asunto
desk-why = { $written } ({ $place }): { $matched }.
desk-why-misspelt = { $written } ({ $place }): { $matched }, con una letra distinta.
desk-where-people = entre las personas denunciadas
desk-where-described = en los datos de las personas denunciadas
desk-where-keep-from = entre quienes no deben conocer el asunto
desk-where-witnesses = entre quienes son testigos
desk-where-narrative = en el relato
desk-where-message = en un mensaje posterior
desk-where-workplace = en el centro de trabajo
desk-where-facts = en los hechos
desk-how-NOMBRE_COMPLETO = es su nombre completo
desk-how-NOMBRE_Y_APELLIDO = coincide con su nombre y un apellido
desk-how-DOS_APELLIDOS = coincide con sus dos apellidos
desk-how-INICIAL_Y_APELLIDO = coincide con su inicial y un apellido
desk-how-UN_APELLIDO = coincide con un apellido
desk-how-NOMBRE_DE_PILA = coincide con su nombre de pila
desk-how-CARGO = nombra su cargo en el Comité
desk-how-COMITE = habla del Comité sin decir de quién
desk-how-CENTRO_DE_TRABAJO = es su centro de trabajo
desk-how-OOAD_O_UMAE = es su OOAD o UMAE, sin que conste el centro de trabajo
kept-out-DENUNCIADA = Aparece como persona denunciada.
kept-out-RESERVADO = Conflicto de interés; el motivo está reservado.
kept-out-UNIDAD = Trabaja en la unidad de la que trata (CHIS 34).
kept-out-MENCIONADA = Se le menciona en lo escrito.
kept-out-DECLARADO = Declaró un conflicto (LGRA 58; CHIS 34).
kept-out-DECIDIDO = El Comité decidió su excusa (CHIS 34).
desk-said-declared = Lo que dijo: { $reason }
desk-said-recused = Lo propuso { $by }: { $reason }
desk-said-lifted = Se había levantado a propuesta de { $by }: { $reason }
desk-few = Quedan muy pocas personas para actuar en este asunto
desk-few-tag = Faltan integrantes
desk-few-seat = Nadie puede actuar por este cargo: { $seat } ({ $source }).
desk-few-quorum = Pueden actuar { $left } cargos con voto y hacen falta { $needed } ({ $source }).
desk-few-persons = Pueden abrirlo { $left } personas y hacen falta { $needed } para lo que nadie decide a solas.
desk-few-next = El Comité no puede determinar así este asunto. Compártalo con la representación del Órgano Interno de Control, o dé vista a ese órgano:
desk-few-share = Compartir con { $name }
desk-waiting-recusals = Esperan una decisión
desk-waits-recusal = Excusa de { $name }
desk-waits-lift = Levantar la excusa de { $name }
desk-waits-until = Hasta el { $date }.
desk-decide-there = Decidir en los actos de dos personas
desk-recusal-why = Motivo
desk-recusal-whom = Persona integrante
desk-declare = Declarar un conflicto
desk-declare-lead = Si usted, su familia o sus negocios tienen interés en este asunto, o si duda de poder ser imparcial, declárelo. Desde ese momento el asunto deja de existir para usted, y actúa su suplente.
desk-declare-why-hint = Sólo lo leen quienes pueden abrir el asunto. Usted ya no podrá volver a leerlo.
desk-declare-now = Declarar y dejar de ver este asunto
desk-declared = Su declaración quedó registrada. Ese asunto ya no existe para usted.
desk-propose = Proponer la excusa de otra persona
desk-propose-lead = Otra persona integrante decide. La persona propuesta no conoce la propuesta ni quién la hizo.
desk-propose-now = Proponer
desk-recusal-proposed = La propuesta quedó registrada. Otra persona integrante la decidirá.
desk-lift = Levantar una excusa
desk-lift-lead = Úselo si se trata de un homónimo o de un error, o para devolver un asunto que se retiró. Otra persona integrante decide.
desk-lift-now = Pedir que se levante
desk-lift-proposed = La petición quedó registrada. Otra persona integrante la decidirá.
desk-share = Compartir el asunto
desk-share-lead = La persona podrá leer todo el asunto. Si el sistema encuentra que tiene un conflicto, no se comparte.
desk-share-whom = Con quién
desk-share-now = Compartir
desk-case-shared = Se compartió. Esa persona ya puede abrir el asunto.

## Archivos de un asunto

desk-files = Archivos
desk-files-care = Los envió una persona que no se conoce. Aquí se abre una copia limpia de cada uno; el original se pide en su página.
desk-view = Archivo del asunto
desk-view-lead = Lo que ve es una copia limpia que se hizo ahora para leerla: sin datos ocultos y sin nada que pueda dañar su equipo. No se guarda en ningún lado.
desk-view-text = Texto del archivo
desk-view-empty = El archivo no tiene texto.
desk-view-picture = Imagen del archivo
desk-view-pages = Páginas del archivo: { $count }
desk-view-page = Página { $number }
desk-view-alt = Página { $number } del archivo. Si no aparece, no se pudo dibujar: pida el original más abajo.
desk-view-cut = El archivo es más largo. Para ver lo demás, pida el original.
desk-view-earlier = Páginas anteriores
desk-view-later = Páginas siguientes
desk-view-malformed = El archivo está dañado y no se puede mostrar.
desk-view-bomb = No se muestra: abrirlo ocuparía más memoria o tiempo que cualquier archivo común. Puede estar hecho para dañar equipos.
desk-view-mislabelled = No se muestra: no es lo que dice ser.
desk-view-encrypted = No se puede mostrar: pide una contraseña. Puede preguntarla en un mensaje a la persona que lo envió.
desk-view-macros = No se muestra: trae programas dentro.
desk-view-too-large = Es demasiado grande para mostrarlo aquí.
desk-view-unsupported = De este tipo de archivo (audio, video y algunas imágenes de teléfono) no se puede hacer una copia limpia. Si hace falta verlo u oírlo, pida el original.
desk-view-no-page = El archivo no tiene esa página.
desk-view-unreadable = No se pudo leer lo que trae. Si hace falta verlo, pida el original.
desk-view-timeout = Tardó demasiado y se dejó de intentar. Vuelva a cargar la página más tarde.
desk-view-busy = Ahora se muestran archivos a otras personas. Vuelva a cargar la página en un momento.
desk-view-unavailable = El programa que muestra archivos no responde. Avise a quien opera el servicio.
desk-original = El archivo tal como se envió
desk-original-care = Puede traer programas que dañen su equipo o que avisen a alguien que se abrió. Ábralo sólo en un equipo aparte, sin conexión. Queda escrito en la bitácora que usted lo descargó y para qué.
desk-original-why = Para qué lo necesita
desk-original-take = Descargar el original
original-need-SIN_VISTA = La copia limpia no existe o no muestra lo necesario
original-need-PERITAJE = Hay que examinar si es auténtico
original-need-AUTORIDAD = Lo pide una autoridad
problem-no-view = Esta parte del archivo no se puede mostrar.
problem-no-view-next = Vuelva a la página del archivo. Desde ahí puede pedir el original.
desk-version-original = Como se envió
desk-version-cleaned = Sin datos ocultos
desk-wholeness-whole = Completo
desk-wholeness-incomplete = Falta una parte.
desk-wholeness-damaged = No es el archivo que se envió.
problem-no-file = El asunto no tiene ese archivo.
problem-no-file-next = Vuelva al asunto y elija uno de su lista.
problem-file-damaged = Este archivo no llegó completo y no se puede entregar.
problem-file-damaged-next = Lo que hay de él se conserva. Pida a la persona, en un mensaje, que lo envíe otra vez.
## Correspondencia con la persona denunciante

problem-asked-before = Ya se pidió información una vez, o el asunto ya avanzó.
problem-asked-before-next = La norma permite una sola prevención. Puede escribir un mensaje común.
desk-write = Escribir a la persona denunciante
desk-write-text = Mensaje
desk-write-hint = Lo leerá en su buzón con sus 12 palabras. No escriba nada que revele quién es ni datos de la persona denunciada.
desk-write-send = Enviar mensaje
desk-write-ask = Pedir información que falta
desk-write-ask-hint = Pedir información sólo se puede una vez. Si la pide hoy, la persona puede contestar hasta el { $date }.
desk-write-missing = Si pide información: ¿qué falta?
desk-asks = Prevención
desk-answers = Contesta la prevención
desk-from-complainant = Persona denunciante
desk-from-committee = Comité
desk-from-system = Aviso automático

## Bitácora

desk-log = Bitácora
desk-log-lead = Lo que se hizo en el servicio y quién lo hizo. Nadie puede cambiarlo ni borrarlo sin que se note.
desk-log-own = Usted ve lo que hizo, lo que se refiere a usted y lo que se hizo en los asuntos que puede abrir.
desk-log-all = Por su cargo, usted ve también lo que hicieron las demás personas integrantes.
desk-log-empty = Todavía no hay nada que mostrar.
desk-log-order = Lo más reciente va primero.
desk-log-number = N.º
desk-log-when = Cuándo
desk-log-what = Qué se hizo
desk-log-no-case = Ninguno
desk-log-newest = Ver lo más reciente
desk-log-older = Ver lo anterior
desk-log-about = { $act } ({ $about })
desk-log-seal = Sello del día: para comprobar que nadie cortó la bitácora
desk-log-seal-lead = Anote este sello fuera del servicio, por ejemplo en la minuta de la sesión. Si alguien cambia o quita lo escrito hasta ese momento, quien opera el servicio no podrá ocultarlo: «guiando audit verify --head» lo compara.
desk-log-seal-since = Sello desde el
desk-log-seal-none = El día de hoy todavía no se ha sellado. Vuelva en unos minutos.
desk-log-key = Llave pública con la que se firma la bitácora:
desk-log-someone = una persona que ya no está en la lista
desk-log-service = El servicio
desk-log-founders = Quien fundó el servicio
desk-log-operator = Quien opera el servicio
desk-log-unknown = Alguien sin sesión
log-SIGNED_IN = { $who } entró al servicio.
log-SIGN_IN_REFUSED = Alguien intentó entrar y no pudo. Intentos: { $count }.
log-SIGN_IN_REFUSED-whom = Alguien intentó entrar con la cuenta de { $whom } y no pudo. Intentos: { $count }.
log-SESSION_ENDED = { $who } cerró una sesión.
log-FACTOR_CHANGED = { $who } cambió algo de su acceso: la frase, el segundo paso o los códigos.
log-CASE_OPENED = { $who } abrió el asunto { $case }.
log-FILE_OPENED = { $who } abrió un archivo del asunto { $case }.
log-ORIGINAL_TAKEN = { $who } descargó un archivo del asunto { $case } tal como se envió. Para qué: { $need }.
log-LETTER_SENT = { $who } escribió a quien presentó el asunto { $case }.
log-STEP_MADE = { $who } hizo un paso del procedimiento en el asunto { $case }: { $step }.
log-ACT_REFUSED = { $who } pidió algo y se le negó: { $act }. Veces: { $count }.
log-MEMBER_INVITED = { $who } invitó a { $whom }.
log-INVITATION_REFUSED = Alguien abrió la invitación de { $whom } y escribió un código equivocado. Intentos que quedan: { $count }.
log-MEMBER_ADMITTED = { $whom } aceptó la invitación y ya puede entrar.
log-MEMBER_READMITTED = { $who } readmitió a { $whom }.
log-MEMBERSHIP_ENDED = { $who } dio por terminada la participación de { $whom }.
log-MEMBER_AMENDED = { $who } cambió datos de { $whom }. { $changes }.
log-MEMBER_SUSPENDED = { $who } suspendió la participación de { $whom } desde el { $from }.
log-SUSPENSION_LIFTED = { $who } levantó la suspensión de { $whom }.
log-CONFLICT_DECLARED = { $who } declaró un conflicto de interés en el asunto { $case }.
log-CONFLICT_FOUND = El servicio encontró un conflicto de interés de { $whom } en el asunto { $case }: { $ground }.
log-CASE_RULED = El servicio determinó quiénes pueden abrir el asunto { $case }. Son { $count }. Se anota al empezar el día.
log-RECUSAL_PROPOSED = { $who } propuso que { $whom } no conozca el asunto { $case }.
log-RECUSAL_UPHELD = { $who } decidió que { $whom } no conozca el asunto { $case }.
log-RECUSAL_REJECTED = { $who } decidió que { $whom } no tiene conflicto de interés en el asunto { $case }.
log-CASE_SHARED = { $who } compartió el asunto { $case } con { $whom }.
log-CASE_ROTATED = { $who } dio una llave nueva al asunto { $case }.
log-CASE_ROTATED-whom = { $who } retiró a { $whom } el acceso al asunto { $case }, que tiene llave nueva.
log-COPIES_GIVEN = { $who } entregó copias de la llave del asunto { $case } a quienes les tocaba. Personas: { $count }.
log-IDENTITY_UNMASKED = { $who } vio la identidad reservada del asunto { $case }.
log-CASE_EXPORTED = { $who } descargó el expediente completo del asunto { $case }.
log-CASE_DELETED = { $who } borró el asunto { $case }.
log-ACT_PROPOSED = { $who } pidió el acuerdo de otra persona: { $act }.
log-ACT_SECONDED = { $who } estuvo de acuerdo: { $act }.
log-ACT_DECLINED = { $who } no estuvo de acuerdo: { $act }.
log-ACT_EXPIRED = Quedó sin efecto lo que esperaba acuerdo: { $act }.
log-PROFILE_CHOSEN = { $who } eligió el calendario oficial con que se cuentan los plazos: { $profile }.
log-TERMS_SUSPENDED = { $who } anotó que los términos no corren desde el { $from }. Días: { $count }.
log-TERMS_RESUMED = { $who } dejó sin efecto la suspensión de términos que empezaba el { $from }. Días: { $count }.
log-SERVICE_OPENED = { $who } abrió el servicio con la llave del Comité.
log-SERVICE_OPENED-shares = El servicio se abrió con las partes de la llave. Partes: { $count }.
log-SERVICE_SEALED = { $who } selló el servicio.
log-SHARES_REFUSED = Mientras el servicio estuvo sellado se entregaron partes que no servían. Veces: { $count }.
log-KEY_ROTATED = { $who } cambió la llave del Comité.
log-KEY_RETIRED = { $who } retiró las llaves anteriores del Comité.
log-SHARES_REFRESHED = { $who } repartió de nuevo la llave del Comité.
log-RECOVERY_USED = { $who } abrió el asunto { $case } con las partes de último recurso.
log-RECOVERY_CONFIRMED = { $who } confirmó quiénes guardan las partes de último recurso. Personas: { $count }.
log-RECOVERY_FILE_DIFFERS = El archivo de quienes guardan las partes de último recurso, en el servidor, no es la lista confirmada. No se le hizo caso.
log-STATE_ACCEPTED = { $who } aceptó con la llave del Comité lo que queda en el servicio, porque faltaba algo que estaba anotado.
log-STATE_NOTED = El servicio anotó cómo está lo que guarda para sí.
log-DAY_BEGUN = Comenzó un día.
act-READ_REGISTER = ver la lista de asuntos
act-READ_CASE = abrir un asunto
act-READ_FILE = abrir un archivo
act-WRITE_TO_PERSON = escribir a quien presentó la denuncia
act-TAKE_STEP = hacer un paso del procedimiento
act-DECLARE_CONFLICT = declarar un conflicto de interés
act-PROPOSE_RECUSAL = proponer una excusa
act-DECIDE_RECUSAL = decidir sobre una excusa
act-SHARE_CASE = compartir un asunto
act-ROTATE_CASE = retirar a una persona el acceso a un asunto
act-UNMASK_IDENTITY = ver una identidad reservada
act-EXPORT_CASE = descargar un expediente completo
act-DELETE_CASE = borrar un asunto
act-READ_MEMBERS = ver la lista de integrantes
act-INVITE_MEMBER = invitar a una persona
act-END_MEMBERSHIP = terminar la participación de una persona
act-READMIT_MEMBER = readmitir a una persona
act-AMEND_MEMBER = cambiar los datos de una persona integrante
act-SUSPEND_MEMBER = suspender a una persona integrante o levantar su suspensión
act-READ_LOG = leer la bitácora
act-OVERSEE_LOG = revisar lo que hicieron otras personas
act-SET_CALENDAR = anotar los días en que no corren los términos
act-RECOUNT_TERMS = aplicar plazos recalculados
act-SEAL_SERVICE = sellar el servicio
act-OWN_ACCOUNT = usar la cuenta propia
act-SECOND_ACT = ver lo que espera un segundo acuerdo
act-GIVE_COPIES = entregar copias de llaves
ground-DENUNCIADA = se le denuncia en él
ground-RESERVADO = el motivo está reservado
ground-UNIDAD = trabaja en la misma unidad
ground-DECLARADO = lo declaró
ground-DECIDIDO = así se decidió
ground-MENCIONADA = se le nombra en lo escrito
## Actos de dos personas

problem-no-act = No hay ningún acto así.
problem-no-act-next = Vuelva a la lista de actos.
problem-act-closed = Este acto ya no espera respuesta.
problem-act-closed-next = Alguien más respondió, o pasó el plazo. En la lista de actos se ve cómo quedó.
problem-act-lapsed = Quien pidió este acto ya no puede pedirlo.
problem-act-lapsed-next = No se hizo nada y el acto quedó cerrado. Si hace falta, otra persona integrante puede pedirlo.
problem-act-outdated = Los datos de esa persona cambiaron después de que se pidió este acto.
problem-act-outdated-next = No se hizo nada y el acto quedó cerrado. Revise los datos de ahora y, si hace falta, pida otra vez el cambio.
problem-not-agreed = Para esto hace falta el acuerdo de dos personas integrantes.
problem-not-agreed-next = Pídalo desde la página del asunto. Cuando otra persona integrante acepte, podrá hacerlo durante 24 horas.
desk-acts = Actos de dos personas
desk-acts-nav = Actos
desk-acts-lead = Lo que aquí se pide sólo se hace si otra persona integrante está de acuerdo. Lea el motivo antes de responder. Cada paso queda en la bitácora.
desk-acts-await = Esperan su respuesta
desk-acts-own = Pedidos por usted
desk-acts-others = Otros en curso
desk-acts-over = Cerrados
desk-acts-none = Ninguno por ahora.
desk-acts-group = Apartado
desk-act-what = Qué se pide
desk-act-by = Lo pidió
desk-act-when = Cuándo
desk-act-reason = Motivo
desk-act-follows = Qué pasa si se acepta
desk-act-somebody = Una persona que ya no integra el Comité
desk-act-approve = De acuerdo
desk-act-refuse = No estoy de acuerdo
desk-act-withdraw = Retirar mi petición
desk-act-waits = Espera respuesta hasta el { $until }
desk-act-unfinished = Aceptado; falta terminarlo
desk-act-open = Aceptado por { $name }; abierto hasta el { $until }
desk-act-over = Aceptado por { $name }; hecho
desk-act-no = { $name } no está de acuerdo; quienes faltan pueden aceptar
desk-act-refused = No aceptado por { $name }
desk-act-withdrawn = Retirado por quien lo pidió
desk-act-expired = Cerrado sin acuerdo
desk-act-whom = Persona integrante
desk-act-why = Motivo
desk-act-why-hint = Lo leerá quien deba estar de acuerdo. No escriba más datos personales de los necesarios.
desk-act-ask = Pedir
desk-moment = { $date }, { $time }
desk-two = Actos de dos personas
desk-two-lead = Usted los pide y otra persona integrante con acceso a este asunto debe estar de acuerdo.
desk-reserved = Reservada
desk-unmasked-until = Dos personas integrantes acordaron ver esta identidad. La verá hasta el { $until }. Queda en la bitácora cada vez que se muestra.
desk-export-until = Dos personas integrantes acordaron sacar el expediente. Puede descargarlo hasta el { $until }. Guárdelo cifrado: fuera de aquí ya no lo protege este servicio.
desk-export-now = Descargar el expediente
desk-code = Código de invitación
desk-code-for = Este código es para { $name }. Dígaselo de viva voz: quien pidió la invitación le entrega el enlace.
desk-code-once = Se muestra sólo ahora. Sirve una vez, junto con el enlace, durante siete días. Si se pierde, o se escribe mal 5 veces, hay que pedir otra invitación. No lo dé a quien tiene el enlace para otra persona.
two-UNMASK_IDENTITY = Ver la identidad reservada
two-UNMASK_IDENTITY-follows = Las dos personas ven el nombre y el contacto de la persona denunciante durante 24 horas.
two-EXPORT_CASE = Sacar el expediente completo
two-EXPORT_CASE-follows = Las dos personas pueden descargar el expediente durante 24 horas. La identidad reservada no va en él, salvo que también se haya acordado verla.
two-DELETE_CASE = Borrar el asunto
two-DELETE_CASE-follows = El asunto, sus archivos y el buzón de la persona denunciante se borran en ese momento y para siempre. Quedan el folio, quiénes lo acordaron y el motivo.
two-ROTATE_CASE = Retirar el acceso de una persona integrante
two-ROTATE_CASE-follows = El asunto recibe una llave nueva que esa persona no tiene. Sabrá que el asunto existe, pero no podrá abrirlo.
two-RECUSE = Excusar a una persona integrante
two-RECUSE-follows = El asunto deja de existir para esa persona y recibe una llave nueva que ella no tiene. Si tiene suplente, entra en su lugar.
two-LIFT_RECUSAL = Levantar la excusa o devolver el acceso de una persona integrante
two-LIFT_RECUSAL-follows = Esa persona vuelve a saber del asunto y, si su puesto se lo permite, a abrirlo.
two-INVITE_MEMBER = Invitar a una persona al Comité
two-INVITE_MEMBER-follows = Quien pidió ya tiene el enlace. Quien acepta ve un código de un solo uso para decirlo de viva voz. Hacen falta los dos.
two-END_MEMBERSHIP = Terminar la participación de una persona integrante
two-END_MEMBERSHIP-follows = Esa persona deja de poder entrar en ese momento, y los asuntos que podía abrir reciben llaves nuevas.
two-READMIT_MEMBER = Readmitir a una persona integrante
two-READMIT_MEMBER-follows = Lo que usaba para entrar deja de servir. Quien pidió ya tiene el enlace. Quien acepta ve un código de un solo uso para decirlo de viva voz. Hacen falta los dos.
two-AMEND_MEMBER = Cambiar los datos de una persona integrante
two-AMEND_MEMBER-follows = Los datos cambian en ese momento y los asuntos abiertos se revisan de nuevo. Si aparece un conflicto de interés, el asunto deja de existir para esa persona y recibe una llave nueva.
two-SUSPEND_MEMBER = Suspender a una persona integrante
two-SUSPEND_MEMBER-follows = Desde el { $from } esa persona sólo puede entrar a su propia cuenta. Los asuntos que podía abrir reciben llaves nuevas que ella no tiene, y actúa su suplente.
two-LIFT_SUSPENSION = Levantar la suspensión de una persona integrante
two-LIFT_SUSPENSION-follows = Esa persona vuelve a actuar y recupera los asuntos que le corresponden. Los que se le ocultaron por conflicto de interés siguen ocultos.

## Copias de las llaves

desk-copies = { $count ->
    [one] Un asunto espera que usted dé copias de su llave a otras personas integrantes.
   *[other] { $count } asuntos esperan que usted dé copias de su llave a otras personas integrantes.
}
desk-copies-give = Dar las copias

## Personas que guardan las partes de último recurso

desk-holders = Último recurso
desk-holders-lead = La llave de cada asunto se reparte entre estas personas. Si ya nadie del Comité puede abrirlo, lo abren juntas. Hacen falta: { $count }.
desk-holders-none = Nadie guarda partes de las llaves. Un asunto que ya nadie del Comité pueda abrir se pierde. El Comité confirma a quién se le reparten con «guiando keys confirm».
desk-holders-differ = El archivo que está en el servidor no es la lista que confirmó el Comité.
desk-holders-differ-next = No se le hizo caso: nadie recibe partes por ese archivo. Si el Comité no lo cambió, avise a todas las personas integrantes. Si la lista es nueva, confírmela con «guiando keys confirm».

## Avisos por correo

desk-mail = Avisos por correo
desk-mail-every = { $minutes ->
    [one] Cada minuto
    [60] Cada hora
   *[other] Cada { $minutes } minutos
} sale un correo igual para todas las personas integrantes que lo piden, haya o no algo pendiente.
desk-mail-why = Así nadie puede saber por el correo que llegó una denuncia. Nunca dice nada de un asunto.
desk-mail-none = Usted no recibe avisos por correo.
desk-mail-address = Correo electrónico
desk-mail-key = Llave pública de OpenPGP o de age (opcional)
desk-mail-key-hint = La de OpenPGP empieza con BEGIN PGP PUBLIC KEY BLOCK; péguela completa. La de age empieza con age1. Con una de ellas el aviso se cifra para usted y dice además cuántos plazos vencen y cuántos asuntos son urgentes, sólo en números. Sin ella el aviso dice siempre lo mismo. De la llave se guarda sólo la parte con que se cifra, sin nombres.
desk-mail-set = Guardar mi correo
desk-mail-stop = No recibir avisos
desk-mail-taken = El servidor de correo recibió el último aviso: { $at }.
desk-mail-waits = El próximo aviso está por salir.
desk-mail-tried = { $count ->
    [one] El servidor de correo no ha recibido el último aviso. Se intentó una vez y se intentará de nuevo.
   *[other] El servidor de correo no ha recibido el último aviso. Se intentó { $count } veces y se intentará de nuevo.
}
desk-mail-subject = Aviso programado
desk-mail-text =
    Este aviso sale siempre a la misma hora, haya o no algo pendiente.
    Entre a la mesa del Comité para saber si hay algo que atender.
    No responda a este correo.
desk-mail-waiting =
    Plazos vencidos: { $overdue }
    Plazos que vencen hoy o el siguiente día hábil: { $due }
    Asuntos urgentes abiertos: { $urgent }
problem-mail-address = La dirección de correo no es válida.
problem-mail-address-next = No se cambió nada. Escríbala como nombre@dominio, sin acentos.
problem-mail-key = La llave no es una llave pública de OpenPGP ni de age, o son varias.
problem-mail-key-next = No se cambió nada. Copie completa una sola llave, desde BEGIN PGP PUBLIC KEY BLOCK hasta END, o la que empieza con age1; o deje el campo vacío.
problem-mail-key-private = Ésa es una llave privada.
problem-mail-key-private-next = No se guardó nada. Quien tenga su llave privada puede leer lo que le mandan: si la pegó también en otro lugar, haga otra. Aquí va sólo la llave pública.
problem-mail-key-useless = Con esa llave de OpenPGP no se puede cifrar.
problem-mail-key-useless-next = No se cambió nada. La llave no tiene una parte vigente para cifrar, o fue revocada. Exporte otra vez su llave pública, o deje el campo vacío.
problem-mail-key-ended = La vigencia de esa llave de OpenPGP ya terminó.
problem-mail-key-ended-next = No se cambió nada. Prorrogue la vigencia en su programa de correo y exporte otra vez la llave pública, o deje el campo vacío.
log-CONTACT_CHANGED = { $who } cambió dónde recibe avisos por correo, o dejó de recibirlos.

## Pasos del procedimiento

problem-step-refused = Ese paso no se hizo
problem-case-moved-on = El asunto cambió mientras tanto
problem-case-moved-on-next = Otra persona trabajó en él. Ábralo otra vez y revise antes de repetir el paso.
refused-not-now = «{ $step }» no es posible en el estado «{ $state }». Vea los pasos que están abiertos.
refused-not-yours = Este paso le toca a: { $seats }.
refused-only-once = «{ $step }» se hace una sola vez en cada asunto.
refused-mediation-forbidden = En este asunto la mediación está prohibida (regla { $rule }). Siga con el proyecto.
refused-protocol-forbids = El { $protocol } no permite cerrar el asunto por lo que le falta. Regístrelo y siga.
refused-joined = El asunto se acumuló a otro. Actúe en aquél.
refused-term-still-runs = El plazo «{ $term }» corre hasta el { $date }. Todavía puede cumplirse.
refused-term-is-over = El plazo «{ $term }» terminó el { $date }. Había que pedirlo antes.
refused-missing-ACUERDO_DE_SESION = Falta el acuerdo de la sesión que lo decidió.
refused-missing-ELEMENTO = Indique al menos un elemento que falta.
refused-missing-INSTANCIA = Indique al menos una instancia.
refused-missing-MOTIVO = Explique el motivo.
refused-missing-CLASIFICACION = Primero confirme los riesgos (paso «Clasificar»).
refused-missing-DESAHOGO = Falta la respuesta a lo que se pidió.
refused-missing-CIERRE_DE_ENTREVISTAS = Falta el día en que se cerraron las entrevistas.
refused-missing-REPRESENTACION_OIC_PRESENTE = La representación del Órgano Interno de Control tiene que estar en la mediación.
refused-missing-RECOMENDACION = Falta al menos una recomendación.
refused-missing-INTEGRANTE_DE_COMISION = Elija al menos a una persona integrante.
refused-missing-VOLUNTAD_DE_LA_VICTIMA = Falta lo que quiere la presunta víctima.
refused-missing-CONFORMIDAD_DE_LA_UNIDAD = Falta el día en que la persona titular de la unidad estuvo de acuerdo.
refused-missing-DIAS = Indique cuántos días.
refused-missing-paper = Falta el documento: { $paper }.
refused-day-outside = { $field }: tiene que estar entre el { $from } y el { $to }.
refused-called-too-late = Para una sesión ese día había que convocar a más tardar el { $date }. Elija otro día.
refused-not-carried = No se alcanzó la mayoría de quienes estuvieron presentes.
refused-wrong-code = Una de las opciones no va con «{ $step }» en este asunto.
refused-no-such-entry = El número { $number } no existe o ya no está en ese punto.
refused-counted-otherwise = Los plazos cambiaron mientras tanto. Revíselos otra vez.
refused-too-many = Son demasiados: a lo más { $most }.
refused-before-last-entry = La última actuación es del { $date }: revise el reloj del servicio.
refused-calendar = El plazo termina fuera del calendario.
desk-step-title = Trámite
desk-step-back = Volver al asunto { $folio }
desk-step-back-course = Volver al trámite de { $folio }
desk-step-danger = Puede haber una vida en riesgo y nadie lo ha atendido todavía. Cuando alguien lo atienda, quite la marca con el paso «Quitar marca».
desk-step-hsyas = Rige el protocolo de hostigamiento y acoso sexual: no hay mediación, y no se pide a la persona que cuente otra vez lo que ya contó.
desk-step-joined = Este asunto se acumuló a { $folio }.
desk-step-open = Qué puede hacer usted ahora
desk-step-none = Por ahora no hay ningún paso que le toque.
desk-step-beside = Además
desk-step-done = Lo que se ha hecho
desk-step-nothing-done = Todavía no se ha hecho ningún paso.
desk-step-owner = Le toca a:
desk-step-over = Plazos que ya no corren
desk-step-decision = acuerdo { $number }
desk-step-recommendation = recomendación { $number }
desk-step-referral = vista { $number }
desk-step-decisions = Acuerdos
desk-step-measures = Medidas de protección
desk-step-recommendations = Recomendaciones
desk-step-summonses = Citatorios
desk-step-referrals = Vistas al Órgano Interno de Control
desk-step-commission = Comisión
desk-step-registration = Registro en el SSECCOE
desk-step-not-told = falta notificar
desk-step-told = notificado el { $date }
desk-step-not-answered = sin respuesta
desk-step-answered = respuesta del { $date }
desk-step-change = { $term }: del { $was } al { $becomes }
desk-step-papers = Documentos
desk-step-papers-hint = Anote los documentos con los que se hace este paso.
desk-step-make = Hacer este paso
desk-step-more = Agregar renglones
desk-step-row = Recomendación { $number }
desk-step-optional = (opcional)
desk-step-no-choice = No hay nada que elegir.
problem-no-such-step = No existe ese paso
problem-no-such-step-next = Vuelva al trámite del asunto y elija uno de la lista.
desk-course = Trámite

## Campos de los pasos

step-field-main = Riesgo principal
step-field-others = Otros riesgos
step-field-reason = Motivo
step-field-missing = Qué falta
step-field-question = Pregunta a la persona denunciante
step-field-cause = Causa
step-field-instances = Instancias a las que puede acudir
step-field-agreement_kind = Tipo de sesión que lo acordó
step-field-agreement_number = Número de la sesión en el año
step-field-agreement_held_on = Día de la sesión
step-field-agreement_favour = Votos a favor
step-field-agreement_against = Votos en contra
step-field-agreement_abstained = Abstenciones
step-field-agreement_casting = La Presidencia dio el voto de calidad a favor
step-field-folio = Folio que dio el SSECCOE
step-field-captured_on = Día de la captura
step-field-proposal = Qué se propone
step-field-session = Tipo de sesión
step-field-held_on = Día en que se celebra
step-field-members = Integrantes
step-field-requested = A quién se pide, y qué
step-field-notified_on = Día de la notificación
step-field-received_on = Día en que se recibió
step-field-party = A quién
step-field-interviews_closed_on = Día en que se cerraron las entrevistas
step-field-personal_sphere = Por qué los hechos afectan sólo el ámbito personal y no el servicio público
step-field-no_revictimisation = Por qué no revictimiza
step-field-signed_on = Día de la firma
step-field-oic_present = Estuvo presente la representación del Órgano Interno de Control
step-field-commitments = A qué se comprometen
step-field-verify_on = Día en que se revisa que se cumplió
step-field-ended_on = Día en que terminó
step-field-breach = Qué no se cumplió
step-field-sense = Sentido
step-field-grounds = Fundamentos
step-field-recommendation = Recomendación
step-field-recommendation_kind = Qué se recomienda
step-field-recommendation_unit = Unidad a la que se dirige
step-field-recommendation_extends = Se extiende a las personas superiores, por reiteración
step-field-recommendation_extends_to_superiors = Se extiende a las personas superiores
step-field-recommendation_text = Texto de la recomendación
step-field-informed_on = Día en que lo informó la unidad
step-field-progress = Avance
step-field-decision = Acuerdo
step-field-days = Días naturales que se amplía
step-field-letter = Número de oficio
step-field-protection = Medida
step-field-cause_text = Por qué
step-field-protects = A quién protege
step-field-measure = Medida
step-field-consented_on = Día en que la persona protegida estuvo de acuerdo
step-field-unit_agreed_on = Día en que la persona titular de la unidad estuvo de acuerdo
step-field-notified = A quién se avisa
step-field-consulted_on = Día en que se le preguntó
step-field-given_on = Día del oficio
step-field-conducts = Qué conductas, y qué apunta a una falta o a un peligro
step-field-opinion_heard_on = Día en que opinó la representación del Órgano Interno de Control
step-field-opinion_favours = Su opinión es a favor
step-field-opinion_text = Su opinión
step-field-will = Lo que quiere la presunta víctima
step-field-referral = Vista
step-field-on = Día
step-field-outcome = Qué hizo
step-field-into = Folio del asunto al que se acumula
step-field-mark = Marca
step-field-changes = Plazos que cambian
step-field-paper_kind = Documento
step-field-paper_reference = Número o nombre
step-field-heard_on = Día de la opinión
step-field-captured_on-hint = El plazo total corre desde ese día.
step-field-members-hint = Tres personas a lo más.
step-field-question-hint = La persona la lee tal cual en su seguimiento. Se pide una sola vez.
step-field-consented_on-hint = Sin su acuerdo no hay medida.
step-field-into-hint = Por ejemplo CE-2026-123456. Tiene que ser un asunto que usted pueda abrir.
## Documentos del procedimiento

desk-case-nav = Partes del asunto
desk-papers = Documentos
desk-papers-lead = Los documentos se llenan con los datos del asunto. Puede cambiar todo el texto. Nunca llevan la identidad de la persona denunciante.
desk-papers-new = Elaborar un documento
desk-papers-kept = Guardados en el asunto
desk-papers-none = No hay documentos guardados.
desk-papers-back = Volver a los documentos
desk-paper-kept = El documento quedó guardado en el asunto.
desk-paper-blanks = { $count ->
    [one] Queda un espacio por completar. Búsquelo como «[Por completar: …]».
   *[other] Quedan { $count } espacios por completar. Búsquelos como «[Por completar: …]».
 }
desk-paper-preview = Vista previa
desk-paper-words = Texto del documento
desk-paper-hint = Deje vacío un campo para quitarlo del documento. En las listas, cada renglón es un punto. En los datos, cada renglón lleva nombre, dos puntos y valor. En las firmas, nombre, una barra vertical y cargo.
desk-paper-heading = Título
desk-paper-paragraph = Párrafo
desk-paper-list = Lista
desk-paper-facts = Datos
desk-paper-signatures = Firmas
desk-paper-look = Ver cómo queda
desk-paper-pdf = Descargar en PDF
desk-paper-docx = Descargar en DOCX
desk-paper-keep = Guardar en el asunto
desk-paper-nothing-kept = Nada se guarda si usted no lo pide. Descargar o guardar queda anotado en la bitácora.
desk-paper-never-kept = Lo que escriba aquí no se guarda: descargue el documento antes de salir.
desk-paper-norms = Disposiciones que sigue
desk-paper-edition = Edición del modelo: { $edition }.
desk-paper-long = El documento es demasiado largo. Acorte el texto y vuelva a intentarlo.
desk-paper-empty = El documento no tiene texto.

## Captura en el sistema de la Secretaría

desk-capture = Captura en SSECCOE
desk-capture-lead = El sistema de la Secretaría es otro: este servicio no está conectado con él. Copie cada dato en su campo.
desk-capture-register = Después, anote en el trámite el folio que dio ese sistema y el día de la captura.
desk-capture-fields-unsure = El formulario oficial no es público. El orden y los campos siguen lo que piden las normas; las filas dicen cuál.
desk-capture-missing = { $count ->
    [one] Falta un dato que la norma pide para dar el folio.
   *[other] Faltan { $count } datos que la norma pide para dar el folio.
 }
desk-capture-complete = Están todos los datos que la norma pide para dar el folio.
desk-capture-lacks = Falta. La norma lo pide.
desk-capture-none = No se sabe
desk-capture-unconfirmed = El riesgo ético es una propuesta que ninguna persona ha confirmado.
desk-capture-reserved = Identidad reservada: para verla se necesitan dos personas
desk-capture-anonymous = ANÓNIMA
desk-capture-channel = Web anónima
desk-capture-committee = Comité de Ética del Instituto Mexicano del Seguro Social
desk-capture-section-denuncia = Denuncia
desk-capture-section-denunciante = Persona denunciante
desk-capture-section-denunciada = Persona denunciada
desk-capture-section-hechos = Hechos
desk-capture-section-clasificacion = Clasificación
desk-capture-section-tramite = Trámite
desk-capture-section-determinacion = Determinación

## Versión del expediente para una parte

desk-version = Versión para una parte
desk-version-complainant = Versión para la persona denunciante
desk-version-denounced = Versión para la persona denunciada
desk-version-denounced-one = Versión para la persona denunciada { $number }
desk-version-co-denounced = Otra persona denunciada
desk-version-lead = Lo tachado no está en el archivo que se entrega: en su lugar dice [TESTADO]. Revise todo el texto antes de entregarlo. El servicio no encuentra todos los nombres.
desk-version-take = Descargar la versión en PDF
desk-version-narrative = Relato
desk-version-message = Escrito del { $date } ({ $from })
desk-version-hidden = Este escrito no se entrega.
desk-version-show = Entregar este escrito
desk-version-hide = No entregar este escrito
desk-version-add = Palabras que se deben testar
desk-version-add-hint = Cópielas del texto. Se testan en todos los lugares en que aparecen, sin distinguir acentos ni mayúsculas.
desk-version-nth = Sólo en el lugar número
desk-version-nth-hint = Déjelo vacío para testarlas en todos.
desk-version-add-now = Testar
desk-version-lift = Quitar testado
desk-version-masks = Lo que puede volver a mostrarse
desk-version-names = Los nombres se testan siempre mientras la identidad de quien denunció esté reservada.
desk-version-not-found = Esas palabras no están en el texto.
desk-version-not-liftable = Esas palabras no pueden volver a mostrarse.
desk-version-done = El cambio quedó guardado en el asunto.
desk-version-rest = Otros datos que se entregan
log-PAPER_WRITTEN = { $who } guardó o descargó un documento del asunto { $case }.
log-VERSION_MASKED = { $who } cambió lo que se testa en una versión del asunto { $case }.
log-VERSION_TAKEN = { $who } descargó la versión para una parte del asunto { $case }.
act-WRITE_PAPER = elaborar documentos del procedimiento
act-REDACT_FILE = elaborar la versión del expediente para una parte
act-CAPTURE_CASE = capturar el asunto en el sistema de la Secretaría
problem-no-paper = No existe ese documento
problem-no-paper-next = El documento no está en este asunto. Vuelva a la lista de documentos.
## Conservación de expedientes

desk-kept-nav = Conservación
desk-kept = Conservación de expedientes
desk-kept-lead = Un expediente cerrado se conserva el plazo de su serie. Después queda bloqueado: nadie lo abre a solas, y dos personas pueden eliminarlo o llevarse una copia para responder por lo actuado. Nada se elimina solo.
desk-kept-blocked = Bloqueados: pueden eliminarse
desk-kept-kept = En conservación
desk-kept-none = No hay ninguno.
desk-kept-more = Además hay { $count }.
desk-kept-line = { $series }. Cerrado: { $closed }. Último día del plazo: { $until }. { $phase }.
desk-kept-in = Serie
desk-kept-closed = Cerrado
desk-kept-until = Último día del plazo
desk-kept-term = Plazo
desk-kept-no-end = sin fin propio
desk-kept-years = { $years ->
    [one] un año después del cierre
   *[other] { $years } años después del cierre
}
desk-kept-delete = Pedir que se elimine
desk-kept-delete-why = Otra persona integrante tiene que estar de acuerdo. Se destruyen las llaves, los documentos, los archivos y el buzón; queda una constancia sin contenido.
desk-kept-reason = Terminó el plazo de conservación.
desk-kept-series = Series y plazos
desk-certificates = Constancias de eliminación
desk-certificates-none = No se ha eliminado ningún expediente.
desk-certificate-on = Eliminado
desk-certificate-why = Por qué se eliminó
desk-certificate-over = Terminó el plazo de la serie { $series } (cerrado: { $closed }; último día: { $until }).
desk-certificate-early = Se eliminó antes de que terminara el plazo de la serie { $series } (cerrado: { $closed }; último día: { $until }).
desk-certificate-open = Se eliminó cuando no estaba cerrado.
desk-certificate-text =
    CONSTANCIA DE ELIMINACIÓN

    Expediente: { $folio }
    Recibido: { $received }
    Fundamento: { $basis }
    Fuente del plazo: { $source }
    Eliminado: { $on }
    Lo pidió: { $asked }
    Estuvo de acuerdo: { $agreed }
    Documentos sellados que tenía: { $documents }
    Se destruyó: las llaves del expediente y todas sus copias, también las de último recurso; los documentos, los archivos y el buzón de la persona denunciante. Lo que haya en respaldos queda sellado hasta que se sobrescriban.
    Esta constancia no dice nada del contenido. Se conserva al menos { $years } años ({ $law }).
    Acto: { $act }
phase-CONSERVADA = En conservación
phase-CON_MENSAJE = Llegó un mensaje después del cierre: alguien debe leerlo antes
phase-BLOQUEADA = Bloqueado
series-GENERAL = General
series-VISTA_OIC = Con vista al Órgano Interno de Control
series-DERECHOS_HUMANOS = Derechos humanos
problem-blocked = El expediente está bloqueado.
problem-blocked-next = Terminó su plazo de conservación y nadie lo abre a solas. En «Conservación» se puede pedir que se elimine.

## Incidentes de seguridad

desk-incidents-nav = Incidentes
desk-incidents = Incidentes de seguridad
desk-incidents-lead = Aquí queda qué pasó, cuándo, qué datos alcanzó, qué se hizo y a quién se avisó. Lo escrito no se borra: lo que se sepa después se agrega.
desk-incidents-none = No se ha registrado ninguno.
desk-incident-days = Ocurrió: { $happened }. Se supo: { $noticed }.
desk-incident-by = { $who }, { $on }
desk-incident-what = Qué pasó
desk-incident-affected = Qué datos alcanzó y de quiénes
desk-incident-measures = Qué se hizo
desk-incident-told = A quién más se avisó y cuándo
desk-incident-note = Lo que se supo después
desk-incident-add = Agregar
desk-incident-notice = Aviso a las personas denunciantes
desk-incident-notice-hint = Cada una lo lee en su buzón, una sola vez. No escriba nada de un asunto ni de una persona.
desk-incident-notice-text = Le avisamos que hubo un incidente de seguridad en el servicio del Comité. Esto pasó: … Estos datos pudieron verse: … Esto hicimos: … Si tiene dudas, escríbanos por este buzón.
desk-incident-cases = Folios de los asuntos que alcanzó
desk-incident-cases-hint = Uno por renglón. Vacío: a todas las personas cuyos asuntos habían llegado cuando se supo.
desk-incident-tell = Avisar a las personas denunciantes
desk-incident-all = A todas las personas cuyos asuntos habían llegado cuando se supo
desk-incident-done = Entregado: { $on }.
desk-incident-going = Se está entregando.
desk-incident-new = Registrar un incidente
desk-incident-new-hint = No escriba nombres ni folios: aquí leen personas que pueden tener excusa en un asunto.
desk-incident-nature = Qué fue
desk-incident-happened = Día en que ocurrió o empezó
desk-incident-noticed = Día en que se supo
desk-incident-record = Registrar
desk-incident-recorded = Quién lo registró
desk-incident-notice-to = A quiénes se avisó
desk-incident-notice-far = Entrega del aviso
incident-PERDIDA = Pérdida o destrucción no autorizada
incident-ROBO_O_COPIA = Robo, extravío o copia no autorizada
incident-ACCESO_NO_AUTORIZADO = Uso, acceso o tratamiento no autorizado
incident-ALTERACION = Daño, alteración o modificación no autorizada
incident-INTERRUPCION = Interrupción del servicio
act-RECORD_INCIDENT = el registro de incidentes de seguridad
log-INCIDENT_RECORDED = { $who } escribió en el registro de incidentes de seguridad.
log-INCIDENT_TOLD = { $who } mandó avisar a personas denunciantes de un incidente de seguridad.
problem-incident-told = Ya se avisó de este incidente.
problem-incident-told-next = Cada incidente se avisa una vez. Para decir algo más, registre otro.
problem-incident-full = El registro de este incidente ya no tiene espacio.
problem-incident-full-next = No se guardó nada. Escriba menos, o registre otro incidente.
## Sesiones del Comité, atenciones, consultas y peticiones

problem-no-meeting = No hay tal sesión, o no hay tal punto en ella.
problem-no-meeting-next = Vuelva a la lista de sesiones y elija una.
problem-meeting-form = Falta un dato, o uno no está bien escrito.
problem-meeting-form-next = No se guardó nada. Vuelva atrás y revise las fechas, los folios y los votos.
problem-meeting-late = Ya es tarde para convocar a una sesión de ese día.
problem-meeting-late-next = Entre la convocatoria y la sesión deben pasar dos días hábiles (CHIS 28). Elija un día posterior.
problem-meeting-rest-day = Ese día no es hábil.
problem-meeting-rest-day-next = Elija un día hábil.
problem-meeting-far = Ese día está demasiado lejos.
problem-meeting-far-next = Revise el año.
problem-meeting-earlier = Una sesión se difiere a un día posterior.
problem-meeting-earlier-next = Elija un día después del de la convocatoria.
problem-meeting-not-yet = El día de la sesión no ha llegado.
problem-meeting-not-yet-next = La asistencia se anota ese día, o después.
problem-meeting-not-now = Esto no se puede hacer en este momento de la sesión.
problem-meeting-not-now-next = Los puntos cambian antes de la sesión y se votan mientras se celebra.
problem-meeting-over = La sesión ya se cerró o se canceló.
problem-meeting-over-next = Lo que quedó pendiente se lleva a otra sesión.
problem-meeting-agenda = Este tipo de sesión no trata ese punto, o no estaba en el orden del día.
problem-meeting-agenda-next = En una sesión extraordinaria no hay seguimiento ni asuntos generales (CHIS 28). Ya iniciada una ordinaria, sólo se agregan asuntos generales.
problem-meeting-points = El orden del día ya tiene demasiados puntos.
problem-meeting-points-next = Convoque a otra sesión para los demás.
problem-meeting-quorum = No hay quórum.
problem-meeting-office = Alguna de las personas no está en funciones ese día.
problem-meeting-office-next = Revise la lista de integrantes.
problem-meeting-seat = Dos personas ocupan el mismo lugar.
problem-meeting-seat-next = Marque a la persona titular o a su suplente, no a ambas. Una suplencia para un solo punto se anota en ese punto.
problem-meeting-stand-in = Esa persona no puede suplir en este punto.
problem-meeting-stand-in-next = Suple quien es suplente de un lugar que en este punto queda vacío y puede conocer el asunto.
problem-meeting-no-vote = Alguien que no está en la sala no puede votar.
problem-meeting-no-vote-next = Vuelva a la sesión y anote de nuevo los votos.
problem-meeting-vote-missing = Falta un voto.
problem-meeting-vote-missing-next = Cada persona en la sala vota o se abstiene. Quien sale se anota como excusa.
problem-meeting-decided = Este punto ya se decidió.
problem-meeting-decided-next = Lo anotado no cambia. Un acuerdo distinto se lleva a otra sesión.
problem-meeting-takes-vote = Un punto sobre un asunto se vota.
problem-meeting-takes-vote-next = Anote los votos.
problem-no-attention = No hay tal atención.
problem-no-attention-next = Vuelva a la lista.
problem-attention-form = Falta un dato de la atención, o no está en la lista.
problem-attention-form-next = Elija el día, la vía, el motivo y lo que se hizo. La nota tiene 300 letras o menos.
problem-attention-day = El día está por venir o es de hace más de un año.
problem-attention-day-next = Escriba el día en que se dio la atención.
problem-attention-withdrawn = Esta atención ya se había anulado.
problem-attention-withdrawn-next = No se cuenta en ningún mes.
problem-no-matter = No hay tal consulta ni petición.
problem-no-matter-next = Vuelva a la lista y elija una.
problem-matter-form = Falta un dato, o uno no está bien escrito.
problem-matter-form-next = No se guardó nada. Vuelva atrás y revise el día y los textos.
problem-matter-day = El día está por venir, es de hace más de un año o es anterior al último paso.
problem-matter-day-next = Revise el día.
problem-matter-anonymous = Una consulta dice quién pregunta y a dónde va la respuesta (CHIS 90).
problem-matter-anonymous-next = Escriba el nombre y el correo o domicilio.
problem-matter-not-now = Ese paso no corresponde ahora.
problem-matter-not-now-next = Vuelva a la página y elija uno de los pasos que muestra.
problem-matter-once = Lo que falta se pide una sola vez.
problem-matter-once-next = Siga con lo que hay.
problem-matter-running = Aún corre el plazo de quien debe completar.
problem-matter-running-next = Espere a que termine.
desk-meetings = Sesiones
desk-meetings-lead = Las sesiones del Comité: convocatoria, orden del día, asistencia, votos y acta. Cada quien ve los puntos que puede conocer.
desk-meetings-coming = Próximas y en curso
desk-meetings-over = Cerradas y canceladas
desk-meetings-none = No hay ninguna sesión convocada.
desk-meeting-title = { $kind } { $number }/{ $year }
desk-meeting-which = Sesión
desk-meeting-called = Convocada
desk-meeting-held = En sesión
desk-meeting-closed = Cerrada
desk-meeting-cancelled = Cancelada
desk-meeting-called-by = Convocada el { $date } por { $who }.
desk-meeting-call = Convocar a una sesión
desk-meeting-call-lead = Se convoca al menos dos días hábiles antes. Cada integrante lee aquí los puntos que puede conocer, y descarga su convocatoria con ellos.
desk-meeting-kind = Tipo de sesión
desk-meeting-on = Día
desk-meeting-mode = Modalidad
desk-meeting-place = Lugar y hora, o enlace
desk-meeting-place-hint = Por ejemplo: Sala de juntas, piso 2, 10:00 horas. No escriba datos de asuntos.
desk-meeting-call-now = Convocar
desk-meeting-was = Antes se convocó para el
desk-meeting-should = De preferencia se celebra a más tardar el { $date } (CHIS 33).
desk-meeting-minutes = Descargar el acta
desk-meeting-convocation = Convocatoria
desk-meeting-voice = con voz, sin voto
desk-meeting-attend = Asistencia
desk-meeting-attend-lead = Marque a quienes están. Con quórum, la sesión queda en curso y se pueden anotar votos. Si alguien llega después, guarde de nuevo.
desk-meeting-attend-now = Guardar la asistencia
desk-meeting-close = Cerrar la sesión
desk-meeting-close-lead = Los puntos que no se votaron quedan diferidos. Después nada cambia.
desk-meeting-close-now = Cerrar la sesión del Comité
desk-meeting-shift = Diferir o cancelar
desk-meeting-postpone-lead = Si no hubo quórum, la sesión se difiere y conserva su número. De preferencia, dos días hábiles o menos.
desk-meeting-to = Nuevo día
desk-meeting-postpone-now = Diferir
desk-meeting-cancel-why = Motivo de la cancelación
desk-meeting-cancel-now = Cancelar la sesión
desk-points-none = Para usted no hay puntos en el orden del día.
desk-point-case = Asunto { $folio }: { $motion }
desk-point-matter = { $kind }: { $title }
desk-point-reserved = Punto reservado: no lo ven las personas de las que trata.
desk-point-carried = Aprobado.
desk-point-not-carried = No aprobado.
desk-point-noted = Se tomó conocimiento.
desk-point-what = Punto
desk-point-result = Resultado
desk-point-count = Votación
desk-point-counts = A favor: { $favour }. En contra: { $against }. Abstenciones: { $abstained }.
desk-point-casting = Decidió el voto de calidad de la Presidencia.
desk-point-votes = Votos de cada persona
desk-point-out = Salieron de la sala en este punto:
desk-point-moved = El asunto avanzó:
desk-point-to-move = Falta mover el asunto:
desk-point-move-waits = Falta que quien puede abrir el asunto lo mueva:
desk-point-not-moved = No se puede mover el asunto:
desk-point-move-now = Cumplir el acuerdo
desk-point-move-lead = El acuerdo ya dice la sesión y los votos. Complete lo demás; al guardar, el asunto avanza, corren o se detienen sus plazos y se avisa a quien denunció.
desk-point-enter = Anotar lo que se decidió
desk-point-text = Lo que se somete a votación
desk-point-excused = Se excusa y sale de la sala
desk-point-stand-ins = Suplencias en este punto
desk-point-stand-ins-hint = Sólo para un lugar que en este punto queda vacío.
desk-point-absent = No suple
desk-point-dissent = Voto particular o razones de quien disiente
desk-point-tie = Decide la mayoría de las personas presentes con voto. En empate decide el voto de la Presidencia.
desk-point-enter-now = Guardar los votos
desk-point-note = O bien: se tomó conocimiento, sin votar
desk-point-note-now = Guardar sin votación
desk-point-remove = Quitar el punto { $number }
desk-agenda-cases = Agregar asuntos al orden del día
desk-agenda-cases-lead = Se proponen los asuntos que esperan una sesión y los que tienen un plazo que vence a más tardar ese día.
desk-agenda-no-cases = No hay asuntos que esperen una sesión.
desk-agenda-due = Vence antes de la sesión
desk-agenda-take = Incluir en el orden del día
desk-agenda-motion = Qué se propone
desk-agenda-add = Agregar al orden del día
desk-agenda-folio = Otro asunto, por su folio
desk-agenda-matter = Agregar otro punto
desk-agenda-matter-kind = Tema
desk-agenda-title = Título del punto
desk-agenda-kept-from = Punto reservado: que no lo vean (marque sólo si trata de ellas)
desk-minutes-there = Asistencia
desk-minutes-member = { $name }, { $seat }
desk-minutes-suplente = { $name }, { $seat }, en suplencia de { $titular }
desk-minutes-voice = { $name }, con voz y sin voto
desk-minutes-points = Orden del día
desk-minutes-deferred = Sin votación: queda diferido.
desk-minutes-out = Salió de la sala en este punto: { $name }.
desk-minutes-stood-in = { $name } votó en suplencia de { $titular }.
desk-minutes-dissent = Voto particular:
desk-minutes-remarks = Observaciones del acta
desk-attentions = Atenciones
desk-attentions-lead = Llamadas, orientaciones y escritos que el Comité atiende además de las denuncias. Se cuentan aparte.
desk-attentions-all = Usted ve las de todo el Comité.
desk-attentions-own = Usted ve las que anotó.
desk-attention-new = Anotar una atención
desk-attention-names-nobody = No escriba nombres, teléfonos ni nada que diga quién es la persona.
desk-attention-on = Día
desk-attention-channel = Vía
desk-attention-subject = Motivo
desk-attention-done = Qué se hizo
desk-attention-note = Nota (opcional)
desk-attention-record = Guardar la atención
desk-attention-counts = Atenciones de { $year }
desk-attention-counts-note = Por mes y tipo; lo anulado no cuenta.
desk-attention-export = Descargar las cuentas (CSV)
desk-attention-month = Mes
desk-attention-year = Todo el año
desk-attention-all = Total
desk-attention-list = Una por una
desk-attention-order = Las más recientes primero.
desk-attention-none = No hay atenciones de ese año.
desk-attention-left-out = No se muestran { $count } más. Las cuentas incluyen todas.
desk-attention-withdrawn = Anulada
desk-attention-by = Quién la anotó
desk-attention-mistake = ¿Fue un error?
desk-attention-mistake-lead = Al anularla deja de contar. La anulación queda en la bitácora.
desk-attention-take-back = Anular
desk-consultations = Consultas
desk-consultations-lead = Consultas sobre conflictos de interés. Se registran en dos días hábiles y se envían a la UCMAPF, que responde.
desk-petitions = Peticiones ciudadanas
desk-petitions-lead = El Comité valora si son viables. Pueden llevar a una recomendación o turnarse a otra área.
desk-matters-none = No hay ninguna.
desk-matter-title = { $kind } { $number }/{ $year }
desk-matter-which = Cuál
desk-matter-new = Anotar una
desk-matter-not-anonymous = Una consulta es por escrito y dice quién pregunta y a dónde va la respuesta.
desk-matter-day = Día en que llegó
desk-matter-received = Llegó el { $date }.
desk-matter-entered = La anotó { $who } el { $date }.
desk-matter-name = Nombre de quien escribe
desk-matter-contact = Correo o domicilio para la respuesta
desk-matter-statement = Planteamiento
desk-matter-documents = Documentos que acompaña
desk-matter-enter = Guardar
desk-matter-taken = Lo que se ha hecho
desk-matter-late = Fuera de plazo
desk-step-on = Día
desk-step-letter = Oficio, correo o medio
desk-step-answer = Qué responde la UCMAPF
desk-step-why = Razones
desk-step-missing = Qué falta
desk-step-came = Qué llegó
desk-step-verdict = Resultado
session-kind-INSTALACION = Sesión de instalación
session-kind-ORDINARIA = Sesión ordinaria
session-kind-EXTRAORDINARIA = Sesión extraordinaria
meeting-mode-PRESENCIAL = Presencial
meeting-mode-VIRTUAL = Virtual
meeting-mode-MIXTA = Mixta
meeting-matter-PROGRAMA_ANUAL = Programa anual de trabajo
meeting-matter-INFORME_ANUAL = Informe anual de actividades
meeting-matter-CAPACITACION_DIFUSION = Capacitación y difusión
meeting-matter-INTEGRACION = Integración del Comité
meeting-matter-ACTA_ANTERIOR = Acta anterior
meeting-matter-PETICION_CIUDADANA = Petición ciudadana
meeting-matter-NORMATIVA = Normas y criterios
meeting-matter-SEGUIMIENTO = Seguimiento de acuerdos
meeting-matter-ASUNTOS_GENERALES = Asuntos generales
motion-ADMITIR = Admitir
motion-NO_ADMITIR = No admitir
motion-ORIENTAR = Orientar a otra instancia
motion-CONCLUIR_ANTICIPADAMENTE = Concluir anticipadamente
motion-DETERMINAR = Determinar
motion-REABRIR = Reabrir
motion-OTRO_ACUERDO = Otro acuerdo
vote-A_FAVOR = A favor
vote-EN_CONTRA = En contra
vote-ABSTENCION = Abstención
channel-TELEFONO = Teléfono
channel-PRESENCIAL = En persona
channel-VERBAL_ASISTIDA = Verbal, con ayuda para escribirla
channel-ESCRITO_FISICO = Escrito en papel
channel-CORREO = Correo electrónico
channel-PERSONA_CONSEJERA = Persona consejera
channel-PERSONA_ASESORA = Persona asesora
channel-TURNO_OTRA_INSTANCIA = Turnada por otra instancia
attention-kind-LLAMADA = Llamadas
attention-kind-ORIENTACION_PERSONAL = Orientaciones personales
attention-kind-ESCRITO_DENUNCIA = Escritos
attention-subject-DENUNCIA = Denuncia
attention-subject-CONSULTA_CONFLICTO_INTERES = Consulta sobre conflicto de interés
attention-subject-PETICION_CIUDADANA = Petición ciudadana
attention-subject-ORIENTACION = Orientación
attention-done-SE_EXPLICO_COMO_DENUNCIAR = Se explicó cómo denunciar
attention-done-SE_PRESENTO_DENUNCIA = Se presentó la denuncia
attention-done-SE_ORIENTO_A_OTRA_INSTANCIA = Se orientó a otra instancia
attention-done-SE_ENLAZO_CON_CONSEJERA_O_ASESORA = Se enlazó con una persona consejera o asesora
attention-done-SE_EXPLICO_EL_SEGUIMIENTO = Se explicó el seguimiento
attention-done-SE_RECIBIO_CONSULTA_O_PETICION = Se recibió una consulta o petición
attention-done-OTRA = Otra cosa
matter-CONSULTA_CONFLICTO_INTERES = Consulta
matter-PETICION_CIUDADANA = Petición
matter-state-RECIBIDA = Recibida
matter-state-REQUERIDA = Falta que la completen
matter-state-ENVIADA_UCMAPF = Enviada a la UCMAPF
matter-state-CON_RESPUESTA = Con respuesta, por comunicar
matter-state-CONTESTADA = Contestada
matter-state-NO_DESAHOGADA = Cerrada: no se completó
matter-step-ENVIAR_UCMAPF = Enviar a la UCMAPF
matter-step-REGISTRAR_RESPUESTA = Registrar la respuesta de la UCMAPF
matter-step-VALORAR = Valorar la petición
matter-step-COMUNICAR_RESPUESTA = Comunicar la respuesta
matter-step-REQUERIR = Pedir lo que falta
matter-step-DESAHOGAR = Anotar lo que llegó
matter-step-TENER_POR_NO_PRESENTADA = Cerrar porque no se completó
verdict-VIABLE = Viable
verdict-TURNADA_A_OTRA_AREA = Se turna a otra área
verdict-NO_VIABLE = No viable
log-MEETING_CALLED = { $who } convocó a una sesión del Comité para el { $from }.
log-MEETING_MOVED = { $who } difirió o canceló una sesión del Comité. Día: { $from }.
log-MEETING_HELD = { $who } anotó la asistencia a la sesión del { $from }. Lugares con voto: { $count }.
log-POINT_DECIDED = { $who } anotó lo que se decidió en un punto de la sesión del { $from }.
log-POINT_DECIDED-case = { $who } anotó los votos de la sesión del { $from } sobre el asunto { $case }.
log-MEETING_CLOSED = { $who } cerró la sesión del Comité del { $from }.
log-MEETING_PAPER = { $who } descargó la convocatoria o el acta de la sesión del { $from }.
log-ATTENTION_RECORDED = { $who } anotó una atención.
log-ATTENTION_WITHDRAWN = { $who } anuló una atención.
log-MATTER_CHANGED = { $who } anotó algo en una consulta o petición.
log-MATTER_OPENED = { $who } abrió una consulta o petición.
act-READ_MEETINGS = ver las sesiones del Comité
act-CALL_MEETING = convocar a sesión
act-HOLD_MEETING = anotar la asistencia y los votos de una sesión
act-CLOSE_MEETING = cerrar una sesión
act-RECORD_ATTENTION = anotar atenciones
act-OVERSEE_ATTENTIONS = ver las atenciones de todo el Comité
act-KEEP_MATTERS = llevar consultas y peticiones
## Días en que no corren los términos

problem-calendar-days = Los días no están bien.
problem-calendar-days-next = Escriba el primer día y el último, a lo más 92 días seguidos, dentro de los tres años más cercanos.
problem-calendar-words = Falta el motivo o dónde se publicó, o es demasiado largo.
problem-calendar-words-next = Escriba las dos cosas, con a lo más 300 caracteres cada una.
problem-calendar-before = Esos días ya están anotados.
problem-calendar-before-next = Si el motivo cambió, deje sin efecto lo anotado y anótelo de nuevo.
problem-calendar-gone = Esa anotación ya no está vigente.
problem-calendar-gone-next = Otra persona la dejó sin efecto antes. Revise la lista.
problem-calendar-altered = Alguien cambió por fuera lo anotado en el calendario.
problem-calendar-altered-next = No se cuentan plazos con un calendario incompleto. Avise a quien opera el servicio.
desk-suspensions = Días en que no corren los términos
desk-suspensions-nav = Días inhábiles
desk-suspensions-lead = Además de sábados, domingos y días festivos oficiales, los plazos no corren en los días que la Secretaría Técnica anota aquí: los que se publican en el DOF, las vacaciones generales y los que fija un oficio.
desk-suspensions-profile = Calendario oficial en uso
desk-profile-before = Calendarios que se han elegido
desk-profile-chosen = { $profile }: { $reason } ({ $source }). { $who }
desk-profile-choose = Elegir otro calendario oficial
desk-profile-which = Calendario que se usará
desk-profile-source = Dónde se acordó
desk-profile-hint = Los plazos nuevos se cuentan desde ahora con ese calendario. Los que ya corren no cambian solos: lo que saldría distinto se ve en la lista de plazos, y una persona lo aplica.
desk-profile-now = Usar este calendario
problem-calendar-profile = Elija uno de los calendarios de la lista.
problem-calendar-profile-next = Vuelva a la página y marque uno.
problem-calendar-in-force = Los plazos ya se cuentan con ese calendario.
problem-calendar-in-force-next = No hay nada que cambiar.
desk-suspensions-none = No hay ningún día anotado.
desk-suspensions-order = Los días más lejanos van primero.
desk-suspension-when = Días
desk-suspension-days = del { $from } al { $to }
desk-suspension-reason = Motivo
desk-suspension-source = Dónde se publicó o acordó (DOF y fecha, o número de oficio)
desk-suspension-entered = Quién lo anotó
desk-suspension-by = { $who }, { $when }
desk-suspension-withdrawn = Sin efecto: { $who }. Motivo: { $reason }
desk-suspension-standing = Vigencia
desk-suspension-holds = Vigente
desk-suspension-withdraw = Dejar sin efecto
desk-suspension-withdraw-why = Por qué se deja sin efecto
desk-suspension-withdraw-now = Dejar sin efecto
desk-suspension-enter = Anotar días
desk-suspension-from = Primer día
desk-suspension-to = Último día
desk-suspension-hint = Si es un solo día, escriba la misma fecha dos veces. Lo anotado queda en la bitácora con su nombre.
desk-suspension-enter-now = Anotar
desk-suspensions-terms = Los plazos que empiecen desde ahora ya cuentan estos días. Los que ya corrían no cambian solos: una persona los revisa y decide en cada asunto.
desk-suspensions-intake = La página pública recibe estos días, sin motivos ni nombres, cuando el sistema del Comité está abierto; suele tardar menos de un minuto. Desde entonces, una denuncia que llegue en uno de ellos lleva la fecha del siguiente día hábil. Las que llegaron antes conservan la suya.
desk-suspensions-file = Descargar la lista, para comprobar plazos con «guiando terms due --suspensions»

## Quién participa en un asunto, y si llegó a tiempo

desk-confirmed = Confirmado por una persona
desk-involved = Quién participa
desk-involved-lead = Es una propuesta de las reglas. Avisar no abre el asunto a nadie, y la comisión la nombra la Presidencia.
desk-involved-tell = A quién avisar
desk-involved-share = Hoy nadie con este lugar puede abrir el asunto; si hace falta, compártalo desde «Quién puede ver este asunto».
desk-involved-commission = Comisión que se propone
desk-involved-nobody = Ninguna persona electa puede conocer de este asunto. La Presidencia decide cómo sigue.
desk-involved-most = Lugares en una comisión, a lo más: { $count }
desk-late = Aviso: los hechos son del { $since } y el plazo «{ $term }» terminó el { $until } ({ $source }). No es causa para rechazar por sí sola: lo decide una persona.

## Otros asuntos parecidos

alike-MISMA_PERSONA = Parece ser la misma persona denunciada
alike-QUIZA_MISMA_PERSONA = Quizá la misma persona denunciada
alike-MISMO_PUESTO = El mismo puesto en la misma unidad
alike-MISMA_UNIDAD = La misma unidad
desk-alike = Otros asuntos que pueden referirse a la misma persona o unidad
desk-alike-lead = Se comparan nombres, puestos y unidades sin guardarlos en claro. Puede tratarse de homónimos: lo decide una persona. Sólo aparecen asuntos que usted puede abrir.
desk-alike-join = Valorar si se acumulan

## Plazos que resultan distintos

problem-recount-reason = Falta decir por qué cambian los plazos.
problem-recount-reason-next = Escriba el motivo; queda en cada asunto.
problem-recount-outdated = Los plazos ya no son los que se mostraban.
problem-recount-outdated-next = No se cambió nada. Revise la lista de nuevo.
desk-recounts = Plazos que resultan distintos
desk-recounts-lead = Con el calendario y los plazos de hoy, estos términos terminarían otro día. Nada cambia hasta que una persona lo decide. A quien está fuera del Comité nunca se le acorta un plazo que ya se le dijo.
desk-recounts-none = Ningún plazo de los asuntos que usted puede abrir resulta distinto.
desk-recounts-count = Asuntos: { $count }
desk-recounts-case = Asunto
desk-recounts-change = Qué cambiaría
desk-recounts-term = Plazo
desk-recounts-about = De qué
desk-recounts-was = Terminaba
desk-recounts-becomes = Terminaría
desk-recounts-from-to = del { $was } al { $becomes }
desk-recounts-one = Revisar sólo este asunto
desk-recounts-take = Aplicar todos los cambios de esta lista
desk-recounts-reason = Por qué cambian
desk-recounts-hint = Se hace un trámite en cada asunto, con este motivo y su nombre.
desk-recounts-take-now = Aplicar todos
## Hoy, lista, tablero y calendario

desk-today = Hoy
desk-board = Tablero
desk-agenda = Calendario
desk-search = Buscar
desk-help = Ayuda y atajos del teclado
desk-filter-title = Filtrar y ordenar
desk-sort = Ordenar por
desk-signal = Señal del próximo plazo
desk-owner = A quién le toca
desk-alert = Avisos
desk-ooad = OOAD
desk-umae = UMAE
desk-due = Vence
desk-row-closed = No se le ha compartido
desk-list-count = { $count ->
    [one] 1 asunto
   *[other] { $count } asuntos
}
desk-export = Descargar esta lista (CSV)
desk-as-board = Ver en el tablero
desk-pages = Páginas de la lista
desk-page = Página { $this } de { $all }
desk-page-before = Página anterior
desk-page-after = Página siguiente
sort-pressing = Lo más urgente
sort-folio = Folio
sort-priority = Prioridad
sort-risk = Riesgo ético
sort-term = Próximo plazo
sort-state = Estado
sort-place = OOAD o UMAE
sort-received = Día de recepción
alert-VENCE = Con un plazo por vencer o vencido
alert-NUEVO = Nuevos
alert-DETENIDO = Detenidos
alert-SIN_RESPUESTA = Sin respuesta de una parte en su plazo
stuck-NO_SE_PUEDE_LEER = No se puede leer cómo va. Avise a quien opera el servicio.
stuck-FALTAN_PERSONAS = Faltan personas que puedan actuar.
stuck-SIN_PLAZO = Sigue abierto y ningún plazo corre.
stuck-SIN_PASOS = Sin pasos desde hace tiempo.
owner-PRESIDENCIA = Presidencia
owner-SECRETARIA_EJECUTIVA = Secretaría Ejecutiva
owner-SECRETARIA_TECNICA = Secretaría Técnica
owner-REPRESENTACION_OIC = Representación del OIC
owner-CONSEJERA = Persona consejera
owner-DENUNCIANTE = Persona denunciante
owner-DENUNCIADA = Persona denunciada
owner-UNIDAD = Titular de la unidad
desk-today-count-open = asuntos abiertos
desk-today-mine = Lo que le toca a usted
desk-today-mine-of = Plazos de su lugar: { $seat }.
desk-today-mine-none = Ningún plazo suyo vence pronto.
desk-today-due = Otros plazos que vencen
desk-today-due-none = Ningún otro plazo vence pronto.
desk-today-unanswered = Plazos vencidos de las partes: falta confirmar qué sigue
desk-today-unanswered-none = No hay plazos vencidos de las partes por confirmar.
desk-today-unanswered-rule = Ninguna respuesta detuvo el plazo ({ $source }). Falta que una persona confirme qué sigue; el servicio no lo hace solo.
desk-today-unanswered-heard = Llegaron mensajes desde que se pidió; léalos antes de confirmar.
desk-today-new = Nuevos
desk-today-new-none = No llegó ningún asunto hoy ni el día hábil anterior.
desk-today-stuck = Detenidos
desk-today-stuck-none = Ningún asunto está detenido.
desk-today-no-step = Sin pasos desde el { $date }. Le toca a: { $owner }.
desk-today-in-list = Ver en la lista
desk-views-title = Mis vistas
desk-views-manage = Guardar esta lista o quitar una vista
desk-views-name = Nombre de la vista
desk-views-keep = Guardar como vista
desk-views-forget = Quitar «{ $name }»
desk-views-unreadable = Sus vistas guardadas no se pueden leer. Si guarda una, ocupa el lugar de las anteriores. Avise a quien opera el servicio.
problem-too-many-views = Ya tiene 20 vistas.
problem-too-many-views-next = Quite una antes de guardar otra.
desk-board-as-list = Ver como lista
desk-board-open = En trámite
desk-board-closed = Terminados
desk-board-more = { $count ->
    [one] y 1 más
   *[other] y { $count } más
}
desk-agenda-month = { $month } de { $year }
desk-agenda-before = Mes anterior
desk-agenda-this = Este mes
desk-agenda-after = Mes siguiente
desk-agenda-count = { $count ->
    [0] Ningún plazo vence este mes.
    [one] 1 plazo vence este mes.
   *[other] { $count } plazos vencen este mes.
}
desk-agenda-file = Descargar los plazos para su calendario (sólo folio y plazo)
desk-agenda-more = { $count ->
    [one] y 1 más
   *[other] y { $count } más
}
desk-agenda-list = Por día
desk-agenda-none = Nada vence en este mes.
desk-agenda-today = Hoy
desk-weekday-1 = lun
desk-weekday-2 = mar
desk-weekday-3 = mié
desk-weekday-4 = jue
desk-weekday-5 = vie
desk-weekday-6 = sáb
desk-weekday-7 = dom
desk-help-lead = Todo se puede hacer sin atajos. No funcionan mientras escribe en un campo.
desk-help-keys = Teclas
desk-help-does = Qué hacen
desk-help-today = Ir a Hoy
desk-help-list = Ir a la lista de asuntos
desk-help-board = Ir al tablero
desk-help-agenda = Ir al calendario
desk-help-search = Ir a la búsqueda
desk-help-focus = Escribir en la búsqueda de esta página
desk-help-next = Pasar al siguiente asunto
desk-help-previous = Volver al asunto anterior
desk-help-help = Abrir esta página
desk-help-are-on = Los atajos están activos en este navegador.
desk-help-are-off = Los atajos están apagados en este navegador.
desk-help-turn-off = Apagar los atajos
desk-help-turn-on = Activar los atajos

## Búsqueda

desk-search-words = Palabras que busca en los asuntos que puede abrir
desk-search-hint = Se buscan todas las palabras, con o sin acentos y mayúsculas. Entre comillas, la frase tal cual. No se busca el nombre reservado de quien denunció.
desk-search-private = Lo que busca no se guarda en ninguna parte.
desk-search-found = { $count ->
    [0] Ningún asunto tiene esas palabras.
    [one] 1 asunto tiene esas palabras.
   *[other] { $count } asuntos tienen esas palabras.
}
desk-search-partial = El índice se está preparando: { $done } de { $all } asuntos leídos. Busque de nuevo en un momento para ver todos.
desk-search-left-out = { $count ->
    [one] 1 asunto cerrado no cabe en el índice y no se buscó en él.
   *[other] { $count } asuntos cerrados no caben en el índice y no se buscó en ellos.
}
desk-search-no-words = Escriba al menos una palabra.
desk-search-most = Se muestran los { $count } que más coinciden. Agregue palabras para acotar.
desk-search-export = Descargar estos resultados (CSV)

## Denuncia que una persona integrante del Comité escribe con la persona

desk-fact-channel = Cómo se presentó
desk-assisted = Escribir una denuncia con la persona
desk-assisted-lead = Para quien denuncia por teléfono, en persona o por escrito. La denuncia llega al Comité por el mismo camino que las de la página pública, y se cuenta como atención.
desk-assisted-say-1 = Diga a la persona que usted escribe lo que ella cuente, y que usted verá sus 12 palabras.
desk-assisted-say-2 = Dígale que puede no dar su nombre, y que puede presentarla sin ayuda en la página pública.
desk-assisted-say-3 = Dígale que tendrá que elegir palabras nuevas la primera vez que entre. Hasta entonces las de hoy no abren nada.
desk-assisted-say-4 = Léale el relato antes de enviarlo. Escriba lo que dijo, con sus palabras.
desk-assisted-about-you = Si la denuncia trata de usted o de alguien de su familia, no siga: pida que la atienda otra persona del Comité o el Órgano Interno de Control.
desk-assisted-wrong = Respuestas por corregir: { $count }. Lo que escribió sigue aquí.
desk-assisted-presented = Cómo se presenta
desk-assisted-presented-hint = Las dos primeras respuestas son necesarias.
desk-assisted-anonymous = ¿Se queda en el anonimato?
desk-assisted-anonymous-yes = Sí, no da su nombre
desk-assisted-anonymous-no = No, da su nombre
desk-assisted-privacy = Conoció el aviso de privacidad
desk-assisted-story = Relato
desk-assisted-story-hint = Qué pasó, quién lo hizo, cuándo y dónde. Entre 20 y 20,000 caracteres.
desk-assisted-narrative = Lo que cuenta la persona
desk-assisted-risk = Qué cree la persona que es
desk-assisted-place = Dónde y cuándo
desk-assisted-person = Persona denunciada
desk-assisted-more-people = Agregar otra persona denunciada
desk-assisted-witness = Testigo
desk-assisted-more-witnesses = Agregar otra persona testigo
desk-assisted-safety = Riesgo y apoyo
desk-assisted-handling = Quién no debe verla y otras instancias
desk-assisted-handling-hint = Quien se nombre aquí y sea del Comité no podrá abrir el asunto.
desk-assisted-keep-from-seats = Lugares del Comité que no deben verlo
desk-assisted-keep-from = Quién no debe verla, una persona por línea
desk-assisted-statistics = Para estadística
desk-assisted-statistics-hint = Todo es opcional.
desk-assisted-identity = Nombre y contacto
desk-assisted-identity-hint = Sólo se envían si la persona da su nombre.
desk-assisted-file = Enviar la denuncia
desk-assisted-words = La denuncia está guardada
desk-assisted-slip = 12 palabras para la persona, en este orden
desk-assisted-received = Día de recepción: { $date }.
desk-assisted-slip-change = Con ellas se entra a la página de seguimiento. La primera vez pide elegir palabras nuevas; hágalo cuanto antes y destruya este papel.
desk-assisted-now = Qué hacer ahora
desk-assisted-now-1 = Entregue las palabras: imprima esta página, o díctelas y pida que las repita.
desk-assisted-now-2 = Diga a la persona que entre hoy mismo y elija palabras nuevas. Mientras no lo haga, usted también las conoce.
desk-assisted-now-3 = No guarde las palabras. Destruya sus notas en papel con lo que contó la persona.
desk-assisted-now-4 = Si alguien más cambia las palabras antes que ella, verá que no abren nada. Debe avisar al Comité o al Órgano Interno de Control.
desk-assisted-once = Al salir de esta página las palabras no se pueden volver a ver. El servicio no las guarda. Esta denuncia no lleva acuse firmado.
desk-assisted-done = Ya las entregué

# Records that do not open, beside those that do
desk-unreadable = Hay registros que no se pueden leer.
desk-unreadable-next = Lo demás de esta página sí se lee. Avise a quien opera el servicio.
desk-point-case-unreadable = No se puede leer cómo va el asunto. Avise a quien opera el servicio.
desk-kept-damaged = No se pueden leer
desk-kept-damaged-next = No se puede saber cuánto se conservan estos asuntos cerrados. Avise a quien opera el servicio.
desk-recounts-damaged = No se puede leer cómo van estos asuntos y sus plazos no se cuentan de nuevo. Avise a quien opera el servicio:
problem-meeting-unreadable = Un punto de la sesión no se puede leer, y el documento parecería completo.
problem-meeting-unreadable-next = Avise a quien opera el servicio.
problem-counts-unreadable = Hay atenciones que no se pueden leer, y la tabla parecería completa.
problem-counts-unreadable-next = Avise a quien opera el servicio.
desk-mail-unreadable = No se puede leer a dónde va su correo, así que no le llega ninguno. Escríbalo otra vez y avise a quien opera el servicio.
desk-mail-last-unreadable = No se sabe si salió el último aviso. El siguiente sale a su hora.

# Seats that whoever files may want kept out
keep-out-seat-PRESIDENCIA = Presidencia del Comité
keep-out-seat-SECRETARIA_EJECUTIVA = Secretaría Ejecutiva
keep-out-seat-SECRETARIA_TECNICA = Secretaría Técnica
keep-out-seat-INTEGRANTES_ELECTAS = Personas integrantes electas
keep-out-seat-REPRESENTACION_OIC = Representación del Órgano Interno de Control
keep-out-seat-ASESORIA = Personas asesoras
keep-out-seat-PERSONAS_CONSEJERAS = Personas consejeras
