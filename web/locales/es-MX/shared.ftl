# Textos que usan las dos caras del servicio: problemas, fallas de campos, listas, plazos, avisos.

## Problemas: qué pasó y, en `-next`, qué hacer

problem-fields = Hay respuestas por corregir.
problem-fields-next = Corrija los campos que se indican y envíe de nuevo. Nada se dio por recibido.
problem-encoding = El contenido llegó comprimido y aquí no se acepta así.
problem-encoding-next = Envíelo sin compresión, sin el encabezado Content-Encoding.
problem-media-type = El tipo de contenido no es el que se espera aquí.
problem-media-type-next = La interfaz recibe application/json; las páginas, formularios comunes.
problem-not-multipart = El formulario con archivos llegó con un formato que no se puede leer.
problem-not-multipart-next = Nada se dio por recibido. Abra de nuevo la página y envíe otra vez.
problem-too-large = El contenido es más grande de lo que se puede recibir.
problem-too-large-next = Resuma o divida el texto. Después podrá agregar más con sus palabras de seguimiento.
problem-too-slow = El contenido tardó demasiado en llegar y no se recibió completo.
problem-too-slow-next = Nada se dio por recibido; si alcanzó a llegar parte de un archivo, quedó sellada, sin llave, y se borra en unos días. Intente de nuevo, si puede con una conexión más estable.
problem-busy = Hay muchos envíos en este momento.
problem-busy-next = Nada se dio por recibido. Espere un minuto y envíe de nuevo.
problem-broken = El envío se interrumpió y llegó incompleto.
problem-broken-next = Nada se dio por recibido; si alcanzó a llegar parte de un archivo, quedó sellada, sin llave, y se borra en unos días. Envíe de nuevo.
problem-not-utf8 = El texto no está en la codificación UTF-8.
problem-not-utf8-next = Envíe el texto en UTF-8.
problem-not-json = El contenido no es JSON válido.
problem-not-json-next = Revise la sintaxis y envíe de nuevo.
problem-not-form = El formulario llegó con un formato que no se puede leer.
problem-not-form-next = Abra de nuevo la página y llene el formulario.
problem-unavailable = Por ahora no es posible guardar ni consultar.
problem-unavailable-next = Nada se dio por recibido. Intente de nuevo en unos minutos.
problem-not-found = Esta dirección no existe.
problem-not-found-next = Vuelva al inicio y siga los enlaces.
problem-method = Esta dirección no admite esa operación.
problem-method-next = Vuelva al inicio y siga los enlaces.
problem-unknown-mailbox = No hay ninguna denuncia con esas palabras.
problem-unknown-mailbox-next = Compare cada palabra y su orden con lo que anotó. Si las perdió, nadie puede recuperarlas; puede presentar una denuncia nueva. Si las palabras están bien, alguien que las vio pudo cambiarlas: avise al Comité o al Órgano Interno de Control.
problem-new-words-first = Primero elija palabras nuevas.
problem-new-words-first-next = Una persona del Comité vio las de ahora. Mientras no las cambie, no abren su buzón.
problem-new-words-too-late = Ya se habían elegido otras palabras.
problem-new-words-too-late-next = Entre con las que anotó primero. Si usted no las cambió, avise al Comité o al Órgano Interno de Control.
problem-new-words-moving = Sus palabras acaban de cambiar.
problem-new-words-moving-next = Espere a que el sistema del Comité pase su buzón a las palabras nuevas. Después podrá cambiarlas otra vez.
problem-new-words-lapsed = Esas palabras vencieron y no cambió nada.
problem-new-words-lapsed-next = Sus palabras de siempre siguen sirviendo. Empiece de nuevo con otras palabras nuevas.

## Archivos de evidencia

problem-evidence-empty = El archivo está vacío.
problem-evidence-empty-next = Ábralo en su equipo para ver si tiene contenido. Luego elija otro o siga sin él.
problem-evidence-too-large = El archivo es demasiado grande.
problem-evidence-too-large-next = Envíe solo la parte que importa o divida el archivo. También puede describirlo en su relato.
problem-evidence-too-large-together = Los archivos juntos son demasiado grandes.
problem-evidence-too-large-together-next = Quite alguno. Después podrá enviar más con sus palabras de seguimiento.
problem-evidence-too-many = Son demasiados archivos para un solo envío.
problem-evidence-too-many-next = Elija los más importantes. Después podrá enviar más con sus palabras de seguimiento.
problem-evidence-type = Aquí no se recibe este tipo de archivo.
problem-evidence-type-next = Se reciben fotos, documentos PDF y de oficina, audio, video y texto. Guárdelo en uno de esos tipos o tome una foto de la pantalla.
problem-evidence-mislabelled = El archivo no es lo que dice su nombre.
problem-evidence-mislabelled-next = Revise que sea el archivo correcto y que la terminación de su nombre corresponda. Luego envíe de nuevo.
problem-evidence-malformed = El archivo está dañado o incompleto y nadie podría abrirlo.
problem-evidence-malformed-next = Cópielo otra vez desde el original o tome una foto de la pantalla.
problem-evidence-bomb = Abrir el archivo podría bloquear el equipo de quien lo revise.
problem-evidence-bomb-next = Guárdelo con menos tamaño o menos páginas y envíe de nuevo.
problem-evidence-encrypted = El archivo pide una contraseña y el comité no podría abrirlo.
problem-evidence-encrypted-next = Guarde una copia sin contraseña y envíe esa copia.
problem-evidence-macros = El archivo contiene programas (macros) y por seguridad no se recibe.
problem-evidence-macros-next = Guárdelo como PDF o sin macros y envíe de nuevo.
problem-evidence-full = Por ahora no se pueden recibir más archivos.
problem-evidence-full-next = Presente su denuncia sin archivos: el texto sí se recibe. En unas horas podrá agregarlos con sus palabras de seguimiento.
problem-evidence-uncleaned = El archivo no se pudo limpiar en este momento.
problem-evidence-uncleaned-next = Envíe de nuevo más tarde. Si quiere entregarlo tal como está, dígalo así.
problem-evidence-undecided = Falta decidir sobre un archivo que no se pudo limpiar.
problem-evidence-undecided-next = Elija si lo entrega tal como está o si no lo entrega. También puede quitarlo y agregarlo otra vez, para que se intente de nuevo.
problem-evidence-aged = El archivo se agregó hace más de un día hábil y puede haberse borrado.
problem-evidence-aged-next = Agréguelo otra vez. Lo demás sigue aquí.

## Fallas de un campo

fault-required = Falta esta respuesta.
fault-too-short = Escriba al menos { $limit } caracteres.
fault-too-long = Escriba como máximo { $limit } caracteres.
fault-too-many = Indique como máximo { $limit }.
fault-control-character = El texto contiene un carácter invisible que no se admite. Bórrelo y escríbalo de nuevo.
fault-unknown-code = Elija una opción de la lista.
fault-not-a-date = Escriba una fecha que exista, con año, mes y día.
fault-ends-before-it-begins = La última fecha no puede ser anterior a la primera.
fault-in-the-future = Ese día todavía no llega. Escriba una fecha hasta hoy.
fault-unknown-field = Este campo no existe.
fault-duplicate-field = Este campo viene más de una vez.
fault-wrong-type = El valor no es del tipo que se espera.
fault-not-an-object = El contenido completo debe ser un objeto JSON, con cada campo por su nombre.

## Fallas de las palabras de seguimiento

token-word-count = Se necesitan 12 palabras y se encontraron { $found }.
token-unknown-word = La palabra { $position }, «{ $written }», no está en la lista de palabras.
token-unknown-word-near = La palabra { $position }, «{ $written }», no está en la lista de palabras. ¿Quiso escribir «{ $suggestion }»?
token-checksum = Todas las palabras existen, pero alguna no es la que se le dio o el orden cambió. Compárelas con lo que anotó.

## Estado de un asunto

status-received = Recibida
status-received-means = La denuncia está guardada y sellada. El Comité la revisará.
status-needs_information = Se necesita información
status-needs_information-means = El Comité necesita que usted complete algo. Lea el mensaje y conteste aquí mismo.
status-in_analysis = En análisis
status-in_analysis-means = El Comité analiza la denuncia.
status-in_progress = En atención
status-in_progress-means = El Comité admitió la denuncia y la atiende.
status-determined = Con determinación
status-determined-means = El Comité ya emitió su determinación y da seguimiento.
status-concluded = Concluida
status-concluded-means = La atención de la denuncia terminó.
status-redirected = Orientada a otra instancia
status-redirected-means = Otra instancia puede atender mejor el asunto. Lea el mensaje del Comité.

## Avisos del propio servicio

notice-stored = Su denuncia quedó guardada y sellada: sólo el Comité de Ética puede abrirla. Vuelva a esta página con sus 12 palabras para conocer su folio y leer los mensajes.
notice-opened = El Comité recibió su denuncia y le asignó un folio. Aquí verá los avances y los mensajes.
notice-needs_information = El Comité le pidió completar algo. Puede contestar en esta página.
notice-answered = Su respuesta llegó al Comité. El plazo para contestar dejó de correr.
notice-interim = Han pasado casi 90 días. El Comité sigue atendiendo su denuncia. Aquí verá lo que decida.
notice-registered = Su caso quedó registrado en el sistema de la Secretaría que coordina a los comités de ética.
notice-in_analysis = El Comité verá en sesión si admite su denuncia.
notice-admitted = El Comité admitió su denuncia. El procedimiento sigue hasta su término aunque usted no vuelva a escribir.
notice-not_admitted = El Comité decidió no admitir su denuncia. El motivo está en el mensaje. Puede acudir a otra instancia.
notice-archived = El Comité archivó su denuncia porque faltaba información para seguir. Puede presentarla otra vez cuando la tenga.
notice-redirected = El Comité considera que otra instancia puede atender mejor este asunto. El motivo está en el mensaje.
notice-in_progress = El Comité está atendiendo su caso y reúne información.
notice-summoned = El Comité le invita a una entrevista. Si acudir le pone en riesgo o prefiere no darse a conocer, dígalo aquí.
notice-invited_to_mediation = El Comité le invita a una mediación. Es voluntaria: puede decir que no, y eso no afecta a su denuncia.
notice-mediation_ended = La mediación terminó sin acuerdo. El Comité sigue con el caso.
notice-mediated = El caso concluyó con el acuerdo de la mediación. Si no se cumple, dígalo aquí.
notice-concluded_early = El Comité concluyó el caso antes de una determinación. El motivo está en el mensaje.
notice-reopened = El Comité abrió de nuevo el caso.
notice-extended = El Comité necesita más tiempo y amplió el plazo para concluir. El nuevo plazo está en esta página.
notice-determined = El Comité emitió su determinación.
notice-concluded = El caso concluyó.
notice-protection = Hay cambios en las medidas de protección. Si algo no le protege o le perjudica, dígalo aquí.
notice-referred = El Comité dio vista al Órgano Interno de Control para que actúe en lo que le toca. Su caso sigue en el Comité.
notice-new_words = Usted eligió palabras nuevas. Su buzón se abre con ellas y ya no con las anteriores.
notice-new_words_moving = Usted eligió palabras nuevas. El sistema del Comité todavía pasa aquí lo que había en su buzón.
notice-new_words_too_late = Cuando usted cambió sus palabras, alguien ya las había cambiado. Si no fue usted, avise al Comité o al Órgano Interno de Control.
notice-joined = El Comité atiende su caso junto con otro sobre los mismos hechos. Puede seguir escribiendo aquí.

## Lo que un aviso nombra

notice-detail-on = Día: { $date }.
notice-detail-reference = Folio en ese sistema: { $folio }.
notice-detail-instances = Puede acudir a: { $names }.

## Quién escribe

from-committee = Comité de Ética
from-system = Aviso automático
from-complainant = Usted

## Fechas y plazos

month-1 = enero
month-2 = febrero
month-3 = marzo
month-4 = abril
month-5 = mayo
month-6 = junio
month-7 = julio
month-8 = agosto
month-9 = septiembre
month-10 = octubre
month-11 = noviembre
month-12 = diciembre
date = { $day } de { $month } de { $year }
deadline = { $term }: a más tardar el { $date }.

## Qué se hace en cada plazo, como en el catálogo

term-plazo_presentacion = Presentar la denuncia, desde los hechos o desde que cesaron
term-plazo_presentacion_disc = Hechos de discriminación considerados actuales; sólo avisa, no rechaza
term-registro_sseccoe = Revisar requisitos, registrar la denuncia e informar el folio
term-prevencion_emitir = Emitir la única prevención
term-prevencion_desahogo = La persona denunciante completa lo que falta
term-propuesta_acuerdo = Proponer el acuerdo, una vez cumplidos los requisitos
term-notificar_acuerdo = Notificar un acuerdo, el archivo o la no admisión
term-descargo_denunciada = La persona denunciada contesta por escrito y ofrece pruebas
term-entrevistas = Fecha límite de las entrevistas, después del plazo anterior
term-mediacion_cita = Citar a mediación, después de cerrar las entrevistas
term-proyecto = Presentar el proyecto de determinación
term-determinacion = Determinar, desde la presentación del proyecto
term-notificar_determinacion = Notificar la determinación a las partes y a sus superiores
term-recomendacion_adopcion = La persona titular de la unidad informa si adopta la recomendación
term-recomendacion_implementacion = Implementar la recomendación, desde el día siguiente al aviso de adopción
term-recomendacion_negativa = Justificar por escrito que no se adopta la recomendación
term-conclusion_total = Concluir la atención, desde el registro en el sistema
term-prorroga_max = Prórroga máxima, por causas no atribuibles al comité
term-consejera_turno = La persona consejera turna la denuncia, desde el primer contacto
term-consejera_registro = La persona consejera captura el registro, desde el primer contacto
term-medidas_proteccion_hsas = Medidas de protección inmediatas, previa consulta con la presunta víctima
term-consulta_ci_registro = Registrar una consulta sobre conflicto de interés
term-consulta_ci_requerimiento = Completar una consulta sobre conflicto de interés
term-requerimiento_secretaria = Entregar a la Secretaría los documentos o informes que pide
term-convocatoria = Convocar a sesión, antes de la fecha de ésta
term-acuse_buena_practica = Acusar recibo (buena práctica; aquí es inmediato)
term-retroalimentacion_buena_practica = Informar a la persona denunciante, desde el acuse (buena práctica)
term-mensaje_intermedio = Mensaje intermedio a la persona denunciante, desde la recepción
term-vista_falta_grave = Iniciar el procedimiento por una falta grave, desde que se conoce
term-generico_sin_plazo = Avisos, citatorios e informes sin plazo propio

## Riesgos éticos, con su nombre oficial

risk-acoso_sexual = Acoso sexual / hostigamiento sexual
risk-acoso_laboral = Acoso laboral / hostigamiento laboral
risk-falta_imparcialidad = Falta de Imparcialidad
risk-agresiones = Agresiones físicas y/o verbales
risk-discriminacion = Discriminación
risk-derechos_humanos = Violaciones a Derechos Humanos
risk-falta_liderazgo = Falta de liderazgo
risk-corrupcion = Corrupción
risk-falta_eficacia = Falta de eficacia
risk-falta_cooperacion = Falta de Cooperación
risk-fuera_competencia = Fuera de la competencia del Comité

## Instancias de orientación: para qué y con qué límites

instance-911-when = Peligro en este momento
instance-consejera-when = Hostigamiento o acoso sexual: le escucha y le acompaña desde el primer contacto
instance-asesora-when = Discriminación: le escucha y le acompaña desde el primer contacto
instance-oic_sidec-when = Faltas de quienes trabajan en el gobierno y corrupción
instance-oic_sidec-limit = Hay 3 años para denunciar; si la falta es grave, 7
instance-alertadores-when = Corrupción grave: sobornos o desvío de dinero público
instance-conapred-when = Discriminación
instance-conapred-limit = Hay un año desde los hechos. Pide su nombre, que puede guardar en secreto, y que confirme la queja en 5 días hábiles
instance-cndh-when = Una autoridad federal no respetó sus derechos
instance-cndh-limit = Hay un año desde los hechos. Pide que confirme la queja en 5 días
instance-linea_079_1-when = Violencia contra las mujeres: consejo legal y apoyo, día y noche
instance-mp-when = Posible delito
instance-laboral-when = Asuntos que son sólo de trabajo: sanción, contrato o plaza
instance-calidad_servicio-when = Mala atención médica, sin otra falta
instance-otra_institucion-when = La persona denunciada trabaja en otra institución pública
instance-conflicto_interes-when = Dudas sobre un posible conflicto de interés
instance-conflicto_interes-limit = Se pide por escrito y con nombre. La respuesta la da la Secretaría
instance-eco-when = Si trabaja en el IMSS y vive violencia: le escuchan y le acompañan
instance-eco-limit = Es un programa piloto; no cuenta como denuncia
instance-datos_personales-when = Quejas por el uso de sus datos

## Listas cerradas del formulario

rank-SUPERIOR = Tiene un puesto superior al mío o al de la persona afectada
rank-MISMO_NIVEL = Tiene el mismo nivel
rank-SUBORDINADA = Tiene un puesto inferior
rank-SIN_RELACION = Está fuera de la línea de mando
rank-NO_SE = No sé

frequency-UNICA = Una sola vez
frequency-VARIAS = Varias veces
frequency-CONTINUA = De manera continua

place-kind-INSTALACION = En instalaciones de trabajo
place-kind-TRASLADO = En el traslado al trabajo o de regreso
place-kind-COMISION = Durante una comisión
place-kind-CONVIVENCIA = En una convivencia
place-kind-FESTIVIDAD = En una festividad
place-kind-REUNION_EXTERNA = En una reunión externa
place-kind-MEDIO_DIGITAL = Por mensajes, redes o llamadas
place-kind-OTRO = En otro lugar

support-MEDICO = Atención médica
support-PSICOLOGICO = Atención psicológica
support-JURIDICO = Asesoría jurídica
support-PERSONA_CONSEJERA = Acompañamiento de una persona consejera

earlier-filing-OIC = Órgano Interno de Control
earlier-filing-CNDH = Comisión Nacional de los Derechos Humanos
earlier-filing-CONAPRED = CONAPRED
earlier-filing-MP = Ministerio Público o fiscalía
earlier-filing-SINDICATO = Sindicato
earlier-filing-NO = En ningún otro lugar

referral-consent-SI = Sí
referral-consent-NO = No
referral-consent-QUIERO_ORIENTACION = Quiero orientación antes de decidir

reporter-role-PRESUNTA_VICTIMA = A mí me pasó
reporter-role-TESTIGO = Lo vi o lo escuché
reporter-role-TERCERO = Me enteré o ayudo a alguien
reporter-role-PERSONA_CONSEJERA = Soy persona consejera
reporter-role-INTEGRANTE_COMITE = Integro el Comité

bond-PERSONA_SERVIDORA_PUBLICA = Persona servidora pública del Instituto
bond-RESIDENTE_O_BECARIA = Residente o persona becaria
bond-SERVICIO_SOCIAL = Servicio social o prácticas
bond-HONORARIOS = Contrato por honorarios
bond-SUBCONTRATADA = Trabajo para una empresa contratada
bond-DERECHOHABIENTE = Derechohabiente
bond-PARTICULAR = Particular
bond-NO_DICE = Prefiero no decir

sex-MUJER = Mujer
sex-HOMBRE = Hombre
sex-OTRO = Otro
sex-NO_DICE = Prefiero no decir

age-group-15-19 = 15 a 19 años
age-group-20-29 = 20 a 29 años
age-group-30-39 = 30 a 39 años
age-group-40-49 = 40 a 49 años
age-group-50-59 = 50 a 59 años
age-group-60_O_MAS = 60 años o más
age-group-NO_DICE = Prefiero no decir

