# Textos de las páginas públicas.

brand = Guiando tu denuncia
skip = Ir al contenido
nav = Secciones
nav-file = Denunciar
nav-follow = Seguimiento
nav-guidance = Orientación
nav-support = Apoyo
leave = Salir rápido
emergency = ¿Hay peligro ahora? Llame al 911.
foot-danger = Si hay peligro ahora, llame.
foot-women = Opción 1: violencia contra las mujeres, día y noche.
foot-eco = Escucha a quienes trabajan en el Instituto.
foot-support = Ver más apoyo
foot-verify = Revisar un acuse
guide-next = Siguiente:
foot = Comité de Ética. Este sitio no usa cookies ni programas en su navegador.
required = (obligatorio)
choose-none = No sé o prefiero no decir

tip-device = Use un equipo propio, no el del trabajo.
tip-network = Use una red que no sea la del trabajo. Si puede, el Navegador Tor.
tip-private = Abra una ventana privada y ciérrela al terminar: la salida rápida no borra el historial.

## Inicio

home-title = Inicio
home-heading = Cuente lo que pasó.
home-heading-anonymous = No hace falta decir quién es.
home-lead = Aquí puede denunciar una falta de alguien que trabaja en el Instituto: acoso, trato injusto, violencia, corrupción y otras. Su relato se sella en cuanto llega. Sólo el Comité de Ética lo puede abrir.
home-file = Presentar una denuncia
home-follow = Consultar mi denuncia
home-before = Antes de empezar
home-steps = Así funciona
home-step-1 = Cuente
home-step-1-text = Sólo el relato es obligatorio. Puede dejar en blanco todo lo demás, también su nombre.
home-step-2 = Anote 12 palabras
home-step-2-text = Son la única llave de su denuncia. No las guardamos y nadie puede recuperarlas.
home-step-3 = Vuelva cuando quiera
home-step-3-text = Con sus palabras verá el avance, los plazos y los mensajes del Comité, y podrá contestar sin decir quién es.
home-safe = Cuide su anonimato
home-else = ¿A dónde más puedo ir?
home-else-text = Unas preguntas para saber quién puede ayudar.

## Formulario

file-title-step = Formulario: paso { $number }
file-title-errors = Formulario: hay algo por corregir
file-lead = Tómese su tiempo. Sólo se pide el relato, en el paso { $number }. Todo lo demás puede quedar en blanco.
file-before = Antes de empezar
file-before-words = Tenga con qué anotar: al enviar recibirá 12 palabras para volver a su denuncia.
file-privacy = Qué se guarda y qué no
file-optional = Sus respuestas viajan selladas en esta página. Su relato no se guarda hasta que usted envíe. Los archivos se guardan sellados al subirlos; si no envía, se borran en unos días. La página vale 8 horas.
file-send-hint = Al enviar, su denuncia se sella y sólo el Comité de Ética puede abrirla.
file-send = Enviar la denuncia

step-of = Paso { $number } de { $total }
danger-next = Este canal no atiende emergencias. Después puede volver y contar lo que pasó.
go-next = Siguiente
go-back = Atrás
go-review = Revisar y enviar
yes = Sí

step-what = Qué pasó
step-place = Dónde y cuándo
step-people = Quién
step-story = Su relato
step-safety = Su seguridad
step-reporter = Quién es usted
step-handling = Quién no debe verla

section-conduct = Elija lo que más se parezca
section-conduct-hint = Es sólo su impresión. Puede seguir sin elegir: el Comité lo revisará.
field-suspected-risk = ¿Qué pasó?
conduct-acoso_sexual = Insinuaciones, tocamientos o comentarios sexuales que nadie pidió
conduct-acoso_laboral = Maltrato, burlas o castigos que se repiten en el trabajo
conduct-falta_imparcialidad = Favores o ventajas para unas personas y no para otras
conduct-agresiones = Gritos, insultos, amenazas o golpes
conduct-discriminacion = Trato desigual por ser quien se es: sexo, origen, edad, salud, embarazo u otra causa
conduct-derechos_humanos = Una autoridad no respetó los derechos de una persona
conduct-falta_liderazgo = Quien dirige no atiende los problemas o da mal ejemplo
conduct-corrupcion = Pidieron dinero o favores, o usan mal los recursos
conduct-falta_eficacia = No se hace el trabajo o se hace mal a propósito
conduct-falta_cooperacion = Se niegan a colaborar y eso daña el servicio

section-workplace = Dónde
section-workplace-hint = Deje en blanco lo que pueda revelar quién es usted. En un lugar pequeño, el área basta para reconocerle.
field-workplace-ooad = OOAD (antes Delegación)
field-workplace-umae = UMAE, si fue en una
field-workplace-kind = Tipo de centro de trabajo
field-workplace-place = Centro o área, con sus palabras

section-facts = Cuándo y cómo
field-facts-from = Desde qué día
field-facts-to = Hasta qué día
field-facts-to-hint = Si fue un solo día, déjelo en blanco.
field-facts-ongoing = Sigue ocurriendo
field-facts-frequency = ¿Con qué frecuencia?
field-facts-place-kind = ¿En qué tipo de lugar?
field-facts-place-detail = Lugar, con sus palabras

section-person = Persona denunciada
section-person-hint = Anote sólo lo que sepa y ayude a reconocerla. Si no sabe el nombre, basta el puesto o una descripción.
entry-people = Persona { $number }
more-people = Agregar otra persona
entry-remove = Quitar
field-people-name = Nombre
field-people-position = Puesto
field-people-area = Área o servicio
field-people-rank = ¿Qué nivel tiene respecto de la persona afectada?
field-people-description = Otros datos que ayuden a reconocerla

section-witness = Testigos, si los hay
section-witness-hint = No es necesario. Si alguien vio o sabe lo que pasó, puede mencionarlo.
entry-witnesses = Testigo { $number }
more-witnesses = Agregar a otra persona que lo vio o lo sabe
field-witnesses-name = Nombre o descripción
field-witnesses-contact = Cómo localizarle

section-story = Cuente lo que pasó
section-story-prompt-1 = Modo: qué ocurrió, quién lo hizo y cómo.
section-story-prompt-2 = Tiempo: cuándo fue, cuántas veces, si continúa.
section-story-prompt-3 = Lugar: dónde ocurrió.
section-story-example-open = Ver un ejemplo
section-story-example = «Desde enero, la jefatura del turno pide dinero para asignar las guardias. Lo hace al final de la jornada, en su oficina. Quien no paga recibe los peores horarios. Lo he visto unas diez veces; la última fue en marzo. Otras dos personas también lo vieron.»
field-narrative = Cuéntelo con sus palabras
field-narrative-hint = Entre 20 y 20,000 caracteres. Si quiere mantener el anonimato, evite datos que sólo usted conoce.

section-danger = Riesgo en este momento
section-danger-note = Si alguien está en peligro ahora, llame al 911. Este canal no atiende emergencias.
field-immediate-danger = Alguien está en peligro en este momento
field-retaliation = Hay represalias o amenazas de represalias
section-help = Ayuda que quiere
section-help-hint = Puede pedirla aunque no diga quién es. El Comité le contestará en su buzón.
field-protection-wanted = Quiero que se valoren medidas de protección
field-support-wanted = ¿Qué apoyo quisiera?

section-reporter = Para estadística
section-reporter-hint = Todo es opcional. Nunca se publica un dato que permita reconocerle.
field-reporter-role = ¿Cómo lo sabe?
field-reporter-bond = Vínculo con el Instituto
field-reporter-sex = Sexo
field-reporter-age-group = Edad

section-identity = Decir quién soy (opcional)
section-identity-hint = Su denuncia es anónima mientras esto quede en blanco. Puede identificarse después con un mensaje.
field-identity-name = Su nombre
field-identity-contact = Correo, teléfono o domicilio para avisos

section-keep = ¿Quién no debe ver esta denuncia?
section-keep-hint = Elija cargos del Comité o escriba nombres.
section-keep-note = Si esa persona es del Comité y el sitio la reconoce, no puede abrir la denuncia ni sabe que existe. Para que la reconozca, escriba su nombre completo o su cargo. Si no la reconoce, decide el Comité al leerla. Si eso le preocupa, no la envíe por aquí. Acuda a otra instancia, por ejemplo el Órgano Interno de Control.
section-keep-elsewhere = Ver a dónde más puede ir
field-keep-from-seats = Cargos del Comité
field-keep-from = Otras personas, una por línea
seat-PRESIDENCIA = Presidencia del Comité
seat-SECRETARIA_EJECUTIVA = Secretaría Ejecutiva
seat-SECRETARIA_TECNICA = Secretaría Técnica
seat-INTEGRANTES_ELECTAS = Personas integrantes electas
seat-REPRESENTACION_OIC = Representación del Órgano Interno de Control
seat-ASESORIA = Personas asesoras
seat-PERSONAS_CONSEJERAS = Personas consejeras

section-elsewhere = Otras instancias
field-already-filed-with = ¿Ya denunció en otro lugar?
field-privacy-notice = Edición del aviso de privacidad
field-referral-consent = ¿Puede pasar su caso al Órgano Interno de Control?
field-referral-consent-hint = Algunas faltas las investiga el Órgano Interno de Control. Usted dice si el Comité puede pasarle su caso. En blanco quiere decir que no ha contestado: no cuenta como permiso. Puede contestar o cambiar su respuesta después, en su buzón.

review-heading = Revise y envíe
review-lead = Esto es lo que recibirá el Comité. Puede cambiar cualquier parte.
review-blank = En blanco.
review-change = Cambiar

problem-form-lapsed = Esta página venció y ya no se puede leer lo anterior.
problem-form-lapsed-next = Lo que escribió en este paso sigue aquí. Llene de nuevo los otros pasos que necesite y agregue otra vez sus archivos. Nada se dio por recibido; los archivos que subió quedaron sellados, sin llave, y se borran en unos días.
problem-form-given-back = Esta página venció, pero no se perdió nada.
problem-form-given-back-next = Sus respuestas y sus archivos siguen aquí. Revíselos y continúe.
problem-review-given-back = Esta página venció y no se envió la denuncia.
problem-review-given-back-next = Sus respuestas siguen aquí. Revíselas y envíe de nuevo.
problem-review-lapsed = Esta página venció y no se envió la denuncia.
problem-review-lapsed-next = Llene de nuevo el formulario y agregue otra vez sus archivos. Nada se dio por recibido; los archivos que subió quedaron sellados, sin llave, y se borran en unos días.
problem-words-lapsed = Esta página venció, pero su denuncia está guardada.
problem-words-lapsed-next = Por seguridad, sus 12 palabras ya no se muestran aquí. Si las anotó, con ellas puede volver. Si no, presente otra denuncia y diga que ya envió una.

## Denuncia recibida

filed-heading = Su denuncia está guardada y sellada
filed-lead = Gracias por confiarla. Ahora anote estas palabras: son la única llave para volver.
filed-words = Sus 12 palabras, en este orden
filed-words-note = Anótelas en papel y guárdelas donde nadie más las vea. No tome una foto con un equipo del trabajo. Si las pierde, nadie puede recuperarlas.
filed-day = Día legal de recepción
filed-receipt = Acuse firmado
filed-receipt-hint = Comprueba que se recibió una denuncia ese día. No revela cuál ni permite leerla. Cuídelo: quien lo tenga puede saber que usted presentó una denuncia.
filed-next = Qué sigue
filed-next-1 = El Comité abre la denuncia, la registra y le asigna un folio.
filed-next-2 = Vuelva en unos días a Seguimiento con sus 12 palabras para leer los mensajes. Si falta algo, tendrá pocos días hábiles para completarlo.
filed-next-3 = Al terminar, cierre la ventana del navegador.

words-title = Notas
words-copy = Para copiarlas, toque el texto y elija Copiar:
words-download = Descargar como texto
words-download-hint = El archivo se llama notas.txt y no dice de qué se trata. En papel es más seguro.
words-print = También puede imprimir esta página: salen sólo las palabras. No use la impresora del trabajo. Su navegador puede añadir la dirección del sitio en la orilla; quítela en las opciones para imprimir.
words-before = Antes de salir, compruebe lo que anotó
words-before-hint = Escriba dos de sus palabras. Bastan las primeras cuatro letras.
words-lapse = Esta página responde durante 30 minutos. Al terminar, cierre la ventana: en las 8 horas siguientes, quien vuelva atrás en ella y envíe otra vez puede ver sus palabras.
words-asked = Palabra { $number }
words-wrong = No es la palabra { $number }. Compárela con la lista de arriba.
words-again = Corrija su nota y escriba de nuevo. Las palabras siguen arriba.
words-check = Comprobar
words-skip = Omitir
words-skip-hint = Puede omitirlo. No lo aconsejamos: con una palabra mal anotada no podrá volver y nadie podrá ayudarle. La página que sigue ya no las muestra.
done-heading = Listo. Anotó bien sus palabras
done-lead = Esta página ya no muestra sus palabras. Cierre ahora la ventana: quien vuelva atrás en ella todavía podría verlas.
done-skipped-heading = Su denuncia está guardada
done-skipped-lead = No comprobó sus palabras. Con las que anotó puede volver a Seguimiento. Cierre ahora la ventana: quien vuelva atrás en ella todavía podría ver sus palabras.
done-leave = Salir a una página en blanco
done-leave-hint = No borra el historial de su navegador.
done-support = Si necesita hablar con alguien o acudir a otra instancia:

## Seguimiento

follow-title = Consulta
follow-heading = Consultar mi denuncia
follow-lead = Escriba las 12 palabras que anotó al presentarla.
follow-words = Sus 12 palabras
follow-words-hint = En el mismo orden. No importan mayúsculas ni acentos; bastan las primeras cuatro letras de cada palabra.
follow-look = Consultar
follow-lost = Las palabras no se guardan en ningún lugar. Si las perdió, puede presentar una denuncia nueva.

mailbox-heading = Su denuncia
mailbox-status = Estado:
mailbox-folio = Folio
mailbox-no-folio = Aún sin folio
mailbox-messages = Mensajes
mailbox-write = Escribir al Comité
mailbox-text = Su mensaje
mailbox-text-hint = Hasta 20,000 caracteres. También se sella al llegar. Si quiere mantener el anonimato, evite nombres, números y datos que sólo usted conoce.
mailbox-send = Enviar mensaje
mailbox-sent = Su mensaje está guardado y sellado.
mailbox-sent-next = Aparecerá en la lista cuando el Comité lo reciba.

## Orientación

guidance-title = Orientación
guidance-heading = ¿Quién puede ayudar?
guidance-lead = Ir al Comité no cierra ningún otro camino. Tampoco al revés.
guidance-verified-only = Sólo se publican contactos verificados, con la fecha en que se comprobaron.
guidance-verified = verificado el
guidance-anonymous = Recibe denuncias anónimas.
guidance-not-anonymous = Pide que se identifique.
guidance-web = Sitio
guidance-phone = Teléfono
guidance-email = Correo

## Otras páginas

problem-page-title = Aviso
problem-home = Ir al inicio
leave-title = Nueva pestaña
leave-text = Escriba una dirección en la barra del navegador.

## Límites

problem-mailbox-full = El buzón de su denuncia está lleno.
problem-mailbox-full-next = Su mensaje no se envió. Espere la respuesta del Comité y vuelva a escribir después; lo que ya envió está guardado.
fault-cut = Es más largo de lo que se puede recibir: aquí sólo se muestran los primeros { $limit } caracteres.

## Red

network-title = Parece que usa la red del Instituto
network-text = Quien administra esa red puede ver que entró a este sitio. No puede ver lo que escribe. Si le es posible, siga desde su casa o desde su teléfono con datos propios.
network-onion = Lo más reservado es el Navegador Tor, con esta dirección:

## Lo que podría decir quién escribe

traces-heading = Esto podría decir quién es usted
traces-text = Puede dejarlo así, quitarlo o cambiarlo. Usted decide.
traces-limits = Buscamos datos que podrían decir quién es usted, pero no los vemos todos. Revise usted también.
traces-back = Volver a ese paso
mailbox-traces-text = Puede enviarlo así. Para cambiar el texto o un archivo, elija «No enviar» y escriba de nuevo. Usted decide.
trace-curp = Parece una CURP.
trace-rfc = Parece un RFC.
trace-nss = Parece un número de seguridad social.
trace-email = Parece una dirección de correo.
trace-phone = Parece un número de teléfono.
trace-matricula = Parece una matrícula.
trace-presentation = Parece que dice quién es usted.
trace-signature = Parece una firma.
trace-only_one = Parece algo que sólo usted sabe o vive.
trace-small_centre = En este tipo de centro trabajan pocas personas.
trace-combination = El lugar, el puesto, el turno y los años, juntos, pueden decir quién es usted.
trace-file_name = El nombre de este archivo parece traer el nombre de una persona.
trace-file_date = El nombre de este archivo parece decir qué día se hizo.

## Buzón: plazos dichos a quien denunció

due-plazo_presentacion = Puede presentar la denuncia a más tardar el { $date }.
due-plazo_presentacion_disc = Los hechos de discriminación cuentan como actuales hasta el { $date }.
due-registro_sseccoe = El Comité debe revisar su denuncia, registrarla y darle su folio a más tardar el { $date }.
due-prevencion_emitir = Si falta algo, el Comité debe pedírselo a más tardar el { $date }.
due-prevencion_desahogo = Usted puede completar lo que falta a más tardar el { $date }.
due-propuesta_acuerdo = El Comité debe proponer cómo atender su denuncia a más tardar el { $date }.
due-notificar_acuerdo = El Comité debe avisarle lo que acordó a más tardar el { $date }.
due-descargo_denunciada = La persona denunciada puede contestar a más tardar el { $date }.
due-entrevistas = El Comité debe terminar las entrevistas a más tardar el { $date }.
due-mediacion_cita = El Comité debe citar a la mediación a más tardar el { $date }.
due-proyecto = El Comité debe preparar su proyecto de determinación a más tardar el { $date }.
due-determinacion = El Comité debe votar su determinación a más tardar el { $date }.
due-notificar_determinacion = El Comité debe avisarle su determinación a más tardar el { $date }.
due-recomendacion_adopcion = La unidad debe decir si adopta la recomendación a más tardar el { $date }.
due-recomendacion_implementacion = La unidad debe cumplir la recomendación a más tardar el { $date }.
due-recomendacion_negativa = La unidad debe explicar por qué no adopta la recomendación a más tardar el { $date }.
due-conclusion_total = El Comité debe terminar de atender su denuncia a más tardar el { $date }.
due-prorroga_max = Con prórroga, el Comité debe terminar a más tardar el { $date }.
due-consejera_turno = La persona consejera debe turnar su denuncia a más tardar el { $date }.
due-consejera_registro = La persona consejera debe registrar su denuncia a más tardar el { $date }.
due-medidas_proteccion_hsas = Si pidió protección, el Comité debe atenderlo a más tardar el { $date }.
due-consulta_ci_registro = El Comité debe registrar la consulta a más tardar el { $date }.
due-consulta_ci_requerimiento = Usted puede completar la consulta a más tardar el { $date }.
due-requerimiento_secretaria = El Comité debe entregar lo que pidió la Secretaría a más tardar el { $date }.
due-convocatoria = El Comité debe convocar a su sesión a más tardar el { $date }.
due-acuse_buena_practica = El Comité debe confirmar que recibió su denuncia a más tardar el { $date }.
due-retroalimentacion_buena_practica = El Comité debe decirle cómo va su denuncia a más tardar el { $date }.
due-mensaje_intermedio = Aquí tendrá un mensaje sobre el avance a más tardar el { $date }.
due-vista_falta_grave = Si la falta es grave, el procedimiento por esa falta debe empezar a más tardar el { $date }.
due-generico_sin_plazo = El Comité debe hacer lo que sigue a más tardar el { $date }.
message-without-text = Sin texto.

## Cuando llega una avalancha de denuncias

problem-flood = En este momento llegan demasiadas denuncias.
problem-flood-next = Nada se dio por recibido. Resuelva la tarea del encabezado «Guiando-Work» y envíe de nuevo.
flood-wait =
    { $seconds ->
        [one] Llegan muchas denuncias al mismo tiempo. Espere un segundo y envíe de nuevo.
       *[other] Llegan muchas denuncias al mismo tiempo. Espere { $seconds } segundos y envíe de nuevo.
    }
flood-wait-next = Su denuncia todavía no se envía. Lo que escribió sigue en esta página.
flood-wait-files-next = No se guardó ningún archivo nuevo. Lo que escribió sigue en esta página. Después de esperar, elija sus archivos otra vez.
## Acuse y listas diarias

receipt-title = Acuse
receipt-received = Cuenta como recibido el { $date }.
receipt-silent = No dice qué se contó ni quién lo contó. Su firma se puede comprobar.
receipt-shows = Tenerlo muestra que usted presentó algo. Guárdelo donde nadie más lo vea, o no lo guarde: para volver bastan sus 12 palabras.
receipt-terms = Hasta cuándo
receipt-itself = El acuse
receipt-proof = La prueba del día
receipt-key = La clave para comprobarlo
receipt-how = Cómo se comprueba
receipt-how-here = En el sitio: abra «Revisar un acuse» y péguelo ahí.
receipt-how-alone = Sin conexión: guarde este acuse como texto y la clave en otro archivo. Después use el programa libre:
receipt-card = Este acuse está firmado. Muestra que se recibió algo y qué día.
receipt-pdf = Guardar en PDF
receipt-txt = Guardar como texto
receipt-check = Revisar

verify-title = Revisar
verify-heading = Revisar un acuse
verify-lead = Pegue aquí un acuse. Le diremos si es auténtico, de qué día es y si está en la lista de ese día. No se guarda nada de lo que pegue.
verify-receipt = Acuse
verify-receipt-hint = Es una línea larga de letras y números. Los espacios y los cambios de línea no importan. También puede pegar todo el texto que guardó.
verify-proof = Prueba del día (opcional)
verify-proof-hint = Péguela si la guardó antes. Así sabrá si la lista cambió después.
verify-send = Revisar
verify-not-receipt = Esto no es un acuse, o le falta una parte. Cópielo completo.
verify-version = Este acuse es de una versión que este sitio no conoce.
verify-forged = Este acuse no lo firmó este sitio, o fue alterado.
verify-valid = El acuse es auténtico
verify-valid-says = Muestra que ese día se recibió algo. No dice qué ni de quién.
verify-list = La lista de ese día
verify-list-pending = La lista de ese día aún no se publica. Sale a las seis de la mañana del día siguiente. Vuelva después y podrá pedir la prueba.
verify-list-there = Está en la lista de ese día. Nadie puede quitarlo sin que se note.
verify-list-missing = No está en la lista de ese día, y debería estar. Guarde su acuse: demuestra la falta.
verify-list-older = Es de antes de que hubiera listas diarias.
verify-not-proof = Esto no es una prueba, o le falta una parte. Cópiela completa o deje este campo en blanco.
verify-proof-wrong = Esta prueba no corresponde a este acuse, o fue alterada.
verify-proof-good = La prueba que pegó es correcta: el acuse está en la lista que ella nombra.
verify-proof-unpublished = Pero la lista que nombra la prueba no es la que hoy está publicada. Eso no debe pasar. Guarde la prueba y el acuse.
verify-proof-keep = Esta es la prueba. Si la guarda con su acuse, nadie podrá negar después que se recibió.
verify-roots = Ver las listas diarias firmadas
verify-another = Revisar otro
verify-alone = También se puede sin este sitio
verify-alone-text = El programa libre de este sitio comprueba lo mismo en su equipo, sin conexión. Sólo hace falta la clave pública. Se usa así:

roots-title = Listas diarias
roots-heading = Listas diarias firmadas
roots-lead = Cada día se publica una firma de la lista de lo recibido. Si algo recibido faltara, su acuse lo mostraría.
roots-empty-days = Hay una lista para cada día, también cuando no llegó nada. Hasta 4,096 denuncias en un día, la lista mide siempre lo mismo y no dice cuántas hubo. Un día con más sí se nota.
roots-chain = Cada firma contiene la huella de la anterior. Quien guarda una puede notar si se cambió alguna de antes. Cualquier persona puede guardar copias.
roots-key = Clave pública
roots-key-text = Con esta clave se comprueban los acuses y las listas. Guárdela: así no depende de este sitio.
roots-list = Firmas, la más nueva primero
roots-none = Aún no hay listas. La primera sale a las seis de la mañana.
roots-earlier = Ver las anteriores
## Buzón: qué sigue, lo que se pide y lo que se puede agregar

status-received-then = El Comité revisa si su denuncia está completa. Si falta algo, se lo pedirá aquí.
status-needs_information-then = El Comité espera su respuesta. Después sigue con la revisión.
status-in_analysis-then = El Comité decide si admite la denuncia. Aquí le dirá qué decidió.
status-in_progress-then = El Comité reúne información y escucha a las personas. Después vota su determinación.
status-determined-then = El Comité vigila que se cumpla lo que recomendó.
status-concluded-then = El Comité terminó. Si hay hechos nuevos, puede agregarlos aquí.
status-redirected-then = Acuda a la instancia que le indicó el Comité. Ese camino no le cierra ningún otro.
mailbox-received = Día de recepción
mailbox-next = Qué sigue
mailbox-order = El más reciente está arriba.
mailbox-newest = El más reciente
mailbox-request = El Comité necesita que complete algo
mailbox-request-until = Puede contestar hasta el { $date }.
mailbox-request-late = El plazo terminó el { $date }. Conteste de todos modos: el Comité verá si aún puede tomarlo en cuenta.
mailbox-answer = Su respuesta
mailbox-answer-hint = Escriba lo que sepa. Si algo no lo sabe o no quiere decirlo, dígalo así. Si quiere mantener el anonimato, evite nombres, números y datos que sólo usted conoce.
mailbox-answer-send = Contestar al Comité
mailbox-write-any-time = Puede agregar hechos en cualquier momento. No cambia lo que ya envió.
mailbox-write-over = La atención terminó, pero puede agregar hechos. El Comité los leerá.
mailbox-consent = ¿Puede pasar su caso al Órgano Interno de Control?
mailbox-consent-why = Algunas faltas las investiga el Órgano Interno de Control. Usted dice si el Comité puede pasarle su caso. Puede cambiar su respuesta.
mailbox-consent-now = Hasta ahora contestó:
mailbox-consent-none = Todavía no ha contestado.
mailbox-consent-ask = Su respuesta
mailbox-consent-send = Guardar mi respuesta
mailbox-consent-said = Sobre pasar el caso al Órgano Interno de Control:
mailbox-filed = Lo que usted envió
mailbox-filed-why = Puede leer su denuncia tal como la envió. Hágalo donde nadie mire su pantalla.
mailbox-filed-show = Ver lo que envié
mailbox-file = { $name } ({ $size }, { $version })
version-original = original
version-cleaned = copia limpia
mailbox-receipt = Su acuse

## Pruebas

step-evidence = Pruebas
evidence-lead = No hace falta tener pruebas. Si tiene fotos, documentos, audios o videos, puede agregarlos aquí. También puede seguir sin ellos.
evidence-refused = Estos archivos no se entregan
evidence-found = Dentro del archivo se encontró:
evidence-choice = ¿Qué quiere entregar?
choice-cleaned = La copia limpia, sin esos datos
choice-original = El original, tal como está
choice-both = Los dos
choice-left-out = No entregar este archivo
evidence-remove = Quitar este archivo
evidence-add = Agregar archivos
evidence-hint = Puede elegir varios. Se sellan mientras llegan. Un archivo puede guardar datos ocultos, como el lugar o el equipo: se los diremos antes de enviar.
evidence-files = Archivos de su equipo
evidence-upload = Agregar
cleaning-done = Se hizo una copia limpia, sin esos datos y con un nombre neutro. El original sirve mejor como prueba; la copia cuida mejor su anonimato.
cleaning-nothing = No se encontraron datos ocultos. Puede haber otros que no sabemos ver.
cleaning-not = No se pudo limpiar: { $why } Si el archivo dice quién es usted, piense si quiere entregarlo.
not-cleaned-too_large = es demasiado grande.
not-cleaned-unsupported = no hay manera de limpiar este tipo de archivo.
not-cleaned-protected = está protegido contra cambios.
not-cleaned-attachments = lleva otros archivos adentro.
not-cleaned-unusual = está escrito de una forma poco común.
not-cleaned-residue = quedaban datos después de limpiarlo.
not-cleaned-timeout = revisarlo tardó demasiado.
not-cleaned-busy = en este momento se limpian los archivos de otras personas.
not-cleaned-unavailable = la limpieza no está disponible por ahora.
finding-location = Lugar
finding-author = Nombre de quien lo hizo
finding-device = Equipo o teléfono
finding-software = Programa
finding-date = Fecha
finding-comment = Título o comentario
finding-other = Otro dato oculto
mailbox-filed-story = Su relato
mailbox-filed-files = Archivos
mailbox-filed-no-files = No envió archivos.
no = No
mailbox-back = Volver al buzón
mailbox-files = Archivos (si los tiene)
mailbox-files-hint = Fotos, documentos, audios o videos. Antes de enviarlos le decimos qué datos ocultos llevan.
mailbox-files-heading = Revise sus archivos
mailbox-files-lead = Todavía no se envía nada. Vea qué encontramos en cada archivo y elija qué entregar.
mailbox-files-send = Enviar mensaje y archivos
mailbox-files-leave = No enviar
mailbox-files-lapsed = Esta página venció y el mensaje no se envió. Escríbalo y elija los archivos de nuevo.

size-kib = { $count } KiB
size-mib = { $count } MiB

## Un buzón en varias páginas
mailbox-earlier = Mensajes anteriores
mailbox-continues = continúa
mailbox-goes-on = Este mensaje sigue en la página siguiente.
mailbox-request-goes-on = Lo que pide el Comité sigue en los mensajes, más abajo.
mailbox-request-further-back = Lo que pide el Comité está en los mensajes anteriores.
mailbox-consent-further-back = Si ya contestó, su respuesta está en los mensajes anteriores.
mailbox-filed-next = Seguir leyendo
problem-many-looks = Hay muchas consultas en este momento.
problem-many-looks-next = Espere unos segundos e intente de nuevo. Nada se dio por recibido.
problem-many-messages = Llegan muchos mensajes en poco tiempo.
problem-many-messages-next = Su mensaje no se dio por recibido. Espere un momento y envíelo de nuevo.
message-wait =
    { $seconds ->
        [one] Llegan muchos mensajes en poco tiempo. Espere un segundo y envíe de nuevo.
       *[other] Llegan muchos mensajes en poco tiempo. Espere { $seconds } segundos y envíe de nuevo.
    }
message-wait-next = Su mensaje todavía no se envía. Sigue en esta página.
mailbox-kept = Su mensaje todavía no se envía
mailbox-kept-lead = No se perdió: está aquí abajo. Espere un poco y envíelo de nuevo. Si lo envía dos veces, cuenta una. Si llevaba archivos, elíjalos otra vez.
mailbox-list-pending = Su denuncia entrará en la lista de ese día. La lista sale a las seis de la mañana del día siguiente. Después verá aquí la prueba.
mailbox-list-missing = Avise por una vía distinta, por ejemplo al Órgano Interno de Control. No necesita decir qué denunció.
mailbox-list-keep = También va en el acuse que guarde desde hoy.

## Palabras nuevas

new-words-card = Cambiar mis palabras
new-words-card-why = Si alguien más vio sus 12 palabras, o teme que las haya visto, elija otras. Las de ahora dejarán de servir.
new-words-card-change = Cambiar mis palabras
new-words-heading = Sus palabras nuevas
new-words-lead = Todavía no cambia nada. Anote primero estas palabras.
new-words-list = Sus 12 palabras nuevas, en este orden
new-words-before = Antes de cambiar, compruebe lo que anotó
new-words-lapse = Esta página responde durante 30 minutos.
new-words-change = Cambiar a estas palabras
new-words-until-then = Hasta que elija «Cambiar a estas palabras», siguen sirviendo las que ya tenía.
new-words-done = Sus palabras cambiaron
new-words-done-lead = Desde ahora, entre con las palabras nuevas. Destruya la nota con las anteriores.
new-words-done-1 = Sus palabras nuevas ya abren su buzón.
new-words-done-2 = Lo que había en él aparece cuando el sistema del Comité lo pasa. Suele tardar minutos; si ese sistema está cerrado, tarda hasta que lo abran.
new-words-done-3 = Hasta ese momento las palabras anteriores aún abren el buzón. Después no abren nada.
new-words-look = Entrar con las palabras nuevas
new-words-first = Primero elija palabras nuevas
new-words-first-lead = Una persona del Comité escribió su denuncia con usted, así que vio estas palabras. Con palabras nuevas, sólo usted podrá entrar. Su denuncia y los mensajes siguen ahí.
new-words-choose = Elegir palabras nuevas
new-words-first-paper = Tenga con qué anotar. Cuando termine, destruya el papel con las palabras de ahora.
new-words-late = Ya se habían elegido otras palabras
new-words-late-lead = Alguien había cambiado estas palabras antes. Las palabras nuevas que usted anotó después no abren ningún buzón.
new-words-late-next = Si usted ya las había cambiado, entre con las que anotó la primera vez. Si no fue usted, otra persona tenía sus palabras: avise al Comité, o al Órgano Interno de Control si desconfía de alguien del Comité. No necesita decir qué denunció.
new-words-late-whom = Quiénes forman el Comité y cómo acudir
new-words-moving = Sus palabras nuevas ya sirven.
new-words-moving-next = El sistema del Comité todavía pasa aquí lo que había en su buzón. No se perdió nada. Vuelva más tarde; si es urgente, puede escribir desde ahora.
