# Páginas de la guía. Cada página se arma con lo que hay aquí: `guide-PÁGINA-SECCIÓN` es un título,
# `-text` un párrafo y `-1`, `-2` … los puntos de la lista.

guide-nav = Guía
guide-source = Fuente: { $source }
guide-unconfirmed = por confirmar
guide-unconfirmed-note = «Por confirmar» quiere decir que la norma federal aún no se pudo leer completa. El plazo puede cambiar.
guide-updated = Versión { $version }, del { $date }.

amount-working_days = { $value ->
    [one] { $value } día hábil
   *[other] { $value } días hábiles
}
amount-calendar_days = { $value ->
    [one] { $value } día natural
   *[other] { $value } días naturales
}
amount-months = { $value ->
    [one] { $value } mes
   *[other] { $value } meses
}
amount-years = { $value ->
    [one] { $value } año
   *[other] { $value } años
}

## Qué hace el Comité

guide-comite = Qué puede hacer el Comité
guide-comite-short = Lo que puede y lo que no puede hacer.
guide-comite-lead = El Comité de Ética revisa faltas de quienes trabajan en el Instituto. Su tarea es que pare el daño y que no se repita.
guide-comite-1 = Lo que sí puede hacer
guide-comite-1-1 = Recibir su denuncia, con su nombre o sin él.
guide-comite-1-2 = Pedir datos a las áreas y hablar con cada parte por separado.
guide-comite-1-3 = Pedir medidas para cuidar a las personas, desde el primer día.
guide-comite-1-4 = Decidir si hubo una falta y decir qué debe cambiar.
guide-comite-1-5 = Dar aviso al Órgano Interno de Control, que sí puede sancionar.
guide-comite-2 = Lo que no puede hacer
guide-comite-2-1 = No despide, no multa y no castiga. Eso toca a otras autoridades.
guide-comite-2-2 = No atiende urgencias. Si hay peligro, llame al 911.
guide-comite-2-3 = No decide si hay delito. Eso toca al Ministerio Público.
guide-comite-2-4 = No resuelve pleitos que son sólo de trabajo ni quejas que son sólo de consulta.
guide-comite-2-5 = No puede prometer un resultado.
guide-comite-3 = Qué se pide para denunciar
guide-comite-3-1 = Cuente qué pasó, cuándo y dónde.
guide-comite-3-2 = Diga algo que ayude a saber de quién habla: el nombre, el puesto o el área.
guide-comite-3-3 = No le pedirán pruebas ni testigos para recibirla. Si los tiene, ayudan.
guide-comite-4 = Si se trata de acoso sexual
guide-comite-4-1 = Nadie le pedirá llegar a un acuerdo con quien le hizo daño.
guide-comite-4-2 = Usted elige a dónde ir: al Comité, con una persona consejera o al Órgano Interno de Control. Puede ir a todos.
guide-comite-4-3 = No tendrá que contar lo mismo una y otra vez.
guide-comite-sources = Código de Ética de la APF, art. 24; Protocolo de hostigamiento y acoso sexual (DOF 03-01-2020), numerales 23, 28, 29, 34, 45 a 50 y 56; Lineamientos de los comités (se leyó el texto estatal de 22-12-2021, arts. 48, 49, 51, 54, 57 y 58).

## Qué sigue

guide-que-sigue = Qué pasa después de denunciar
guide-que-sigue-short = Los pasos y sus plazos.
guide-que-sigue-lead = Cada paso tiene un plazo. Con sus 12 palabras puede ver en qué paso va y hasta cuándo.
guide-que-sigue-1 = En cuanto la envía
guide-que-sigue-1-1 = Su relato se sella al llegar. Ya sellado, sólo el Comité lo abre.
guide-que-sigue-1-2 = Recibe 12 palabras. Son la única llave para volver.
guide-que-sigue-1-3 = Recibe un acuse firmado, con el día y el primer plazo.
guide-que-sigue-2 = Mientras tanto, usted puede
guide-que-sigue-2-1 = Leer los mensajes del Comité y contestar.
guide-que-sigue-2-2 = Agregar hechos, archivos o nombres, también después del cierre.
guide-que-sigue-2-3 = Pedir que le cuiden, o decir que ya hay represalias.
guide-que-sigue-3 = Lo que conviene saber
guide-que-sigue-3-1 = Los días hábiles no cuentan sábados, domingos ni días de descanso.
guide-que-sigue-3-2 = Si falta un dato, el Comité lo pide una sola vez. Nunca le pedirá su nombre.
guide-que-sigue-3-3 = El plazo para contestar corre desde el día después del mensaje. Entre seguido.
guide-que-sigue-terms = Los pasos y sus plazos
guide-que-sigue-sources = Los plazos y sus fuentes salen del catálogo de plazos de este sitio. CHIS: Lineamientos de los comités de ética de Chiapas (22-12-2021), texto estatal que sigue al federal del DOF 28-12-2020.

step-plazo_presentacion = Para presentar la denuncia, desde que pasó o desde que dejó de pasar.
step-registro_sseccoe = El Comité revisa su denuncia, la registra y le da un folio.
step-prevencion_desahogo = Si falta un dato, usted tiene este tiempo para contestar.
step-propuesta_acuerdo = Se propone si el Comité atiende el asunto.
step-notificar_acuerdo = El Comité le avisa qué acordó.
step-descargo_denunciada = La persona denunciada contesta por escrito.
step-entrevistas = El Comité escucha a cada parte, por separado.
step-proyecto = Se escribe el proyecto de respuesta.
step-determinacion = El Comité vota y decide.
step-notificar_determinacion = El Comité le avisa qué decidió.
step-recomendacion_adopcion = Si hay una recomendación, el área dice si hará lo que pide el Comité.
step-recomendacion_implementacion = Si dijo que sí, el área la cumple.
step-mensaje_intermedio = A más tardar, recibe un mensaje con el avance.
step-conclusion_total = Todo debe acabar en este plazo, desde el registro.
step-prorroga_max = Si algo ajeno al Comité lo detiene, puede pedir hasta este tiempo más.

## Anonimato

guide-anonimato = Qué es aquí el anonimato
guide-anonimato-short = Lo que cuidamos y lo que depende de usted.
guide-anonimato-lead = Puede denunciar sin decir quién es. Nadie se lo va a exigir. Pero hay rastros que este sitio no puede borrar por usted.
guide-anonimato-1 = Lo que este sitio hace
guide-anonimato-1-1 = No guarda desde dónde entró ni con qué equipo.
guide-anonimato-1-2 = No usa cookies ni corre programas en su navegador.
guide-anonimato-1-3 = Guarda el día en que llegó su denuncia, no la hora.
guide-anonimato-1-4 = Sella su relato en cuanto llega. Sólo el Comité lo puede abrir.
guide-anonimato-1-5 = Trata de avisarle si en su relato o en sus archivos hay datos que digan quién es. No los encuentra todos: usted decide.
guide-anonimato-2 = Lo que no puede evitar
guide-anonimato-2-1 = La red: quien la cuida puede ver que visitó este sitio, aunque no lo que escribió.
guide-anonimato-2-2 = El equipo: si no es suyo, alguien puede ver la pantalla o lo que visitó.
guide-anonimato-2-3 = El relato: un detalle que sólo usted sabe puede decir quién es.
guide-anonimato-2-4 = Los archivos: una foto o un documento guarda datos que no se ven, como el lugar o el autor.
guide-anonimato-3 = Lo que le conviene hacer
guide-anonimato-3-1 = Use su propio teléfono o equipo, no el del trabajo.
guide-anonimato-3-2 = Entre desde otra red, no desde la del trabajo.
guide-anonimato-3-3 = Abra una ventana privada y ciérrela al final.
guide-anonimato-3-4 = Anote sus 12 palabras en papel y guárdelas bien.
guide-anonimato-3-5 = No cuente a nadie que va a denunciar.
guide-anonimato-4 = Si quiere más cuidado: Tor
guide-anonimato-4-text = El Navegador Tor no deja que la red vea qué sitio visita. Es gratis y se baja del sitio del Proyecto Tor. Este sitio sirve con el nivel de seguridad «Máximo».
guide-anonimato-onion = En el Navegador Tor, use esta dirección:
guide-anonimato-sources = Lineamientos de los comités, art. 58 (texto estatal); Protocolo de hostigamiento y acoso sexual, numeral 28; Ley General de Responsabilidades Administrativas, arts. 64 y 91.

## Protección

guide-proteccion = Si teme que le hagan daño por denunciar
guide-proteccion-short = Represalias y medidas para cuidarle.
guide-proteccion-lead = Nadie debe castigarle por denunciar. Las represalias están prohibidas.
guide-proteccion-1 = Qué es una represalia
guide-proteccion-1-1 = Que le amenacen o le pidan callar.
guide-proteccion-1-2 = Que le muevan de turno, de área o de tareas como castigo.
guide-proteccion-1-3 = Que le levanten actas sin motivo o le quiten lo que es suyo.
guide-proteccion-1-4 = Que le aíslen, le vigilen o se burlen de usted.
guide-proteccion-2 = Qué puede pedir
guide-proteccion-2-1 = Que quien le hizo daño no se le acerque ni le hable.
guide-proteccion-2-2 = Un cambio de lugar o de horario, si usted está de acuerdo.
guide-proteccion-2-3 = Apoyo médico, psicológico o legal.
guide-proteccion-2-4 = En casos de acoso sexual, las medidas valen desde que denuncia. Antes le preguntarán a usted.
guide-proteccion-3 = Quién no debe ver su denuncia
guide-proteccion-3-text = En el formulario puede decir quién no debe verla, por nombre o por cargo. Si es alguien del Comité y el sitio le reconoce, no puede abrirla ni sabe que existe. Para eso, escriba el nombre completo o el cargo. Si el sitio no le reconoce, decide el Comité al leerla. Si eso le preocupa, no la envíe por aquí. Vaya a otra instancia, como el Órgano Interno de Control. En Orientación ve cuáles hay.
guide-proteccion-4 = Si ya hay represalias
guide-proteccion-4-1 = Dígalo en el formulario: hay una pregunta para eso.
guide-proteccion-4-2 = Si ya denunció, entre con sus 12 palabras y escriba al Comité.
guide-proteccion-4-3 = Guarde mensajes, oficios y fechas.
guide-proteccion-4-4 = Si hay peligro, llame al 911.
guide-proteccion-sources = Protocolo de hostigamiento y acoso sexual, numerales 7, 28 y 41 a 44; Lineamientos de los comités, arts. 51 y 67 a 70 (texto estatal); Ley General de Responsabilidades Administrativas, art. 64.

## Apoyo

guide-apoyo = No está a solas
guide-apoyo-short = Dónde hallar apoyo, ahora o más tarde.
guide-apoyo-lead = Puede pedir apoyo antes, durante o después de denunciar. También puede pedirlo y no denunciar.
guide-apoyo-1 = Si esto le afecta
guide-apoyo-1-1 = Lo que siente es normal. No es su culpa.
guide-apoyo-1-2 = Vaya a su paso. Lo que escribe sólo queda en la página abierta, y vale 8 horas. Si necesita tiempo, escriba antes su relato aparte, en un equipo suyo.
guide-apoyo-1-3 = Si puede, hable con alguien de su confianza fuera del trabajo.
guide-apoyo-2 = Qué puede pedir al Comité
guide-apoyo-2-text = En el formulario puede pedir apoyo médico, psicológico o legal, o que le acompañe una persona consejera. La persona consejera le escucha, le explica sus opciones y le acompaña. No decide por usted.
guide-apoyo-sources = Protocolo de hostigamiento y acoso sexual, numerales 14 a 18, 22, 23 y 28; Protocolo contra la discriminación, numerales 11 a 15. Los contactos llevan la fecha de la página que los dio.

## Aviso de privacidad

guide-privacidad = Aviso de privacidad simplificado
guide-privacidad-short = Qué se guarda, quién lo ve y para qué.
guide-privacidad-lead = El Comité de Ética del Instituto cuida los datos que usted quiera dar. Puede denunciar sin dar ninguno.
guide-privacidad-1 = Qué se guarda
guide-privacidad-1-1 = Lo que usted escribe y los archivos que envía, sellados. Sólo el Comité los abre.
guide-privacidad-1-2 = El día en que llegó, sin la hora.
guide-privacidad-1-3 = Los mensajes entre usted y el Comité. Se abren con sus 12 palabras.
guide-privacidad-2 = Qué no se guarda
guide-privacidad-2-1 = Su dirección de red ni los datos de su equipo.
guide-privacidad-2-2 = Cookies ni rastros de su visita.
guide-privacidad-2-3 = Sus 12 palabras.
guide-privacidad-3 = Para qué se usan
guide-privacidad-3-1 = Para atender su denuncia y cuidar a las personas.
guide-privacidad-3-2 = Para hacer cuentas en las que nadie se puede reconocer.
guide-privacidad-3-3 = No hace falta su permiso para lo que la ley manda al Comité.
guide-privacidad-4 = A quién se pasan
guide-privacidad-4-text = A nadie, salvo a la autoridad que toca: cuando la ley lo manda o cuando usted lo autoriza. El formulario le pregunta si autoriza dar vista al Órgano Interno de Control.
guide-privacidad-5 = Sus derechos
guide-privacidad-5-text = Puede pedir ver, corregir o borrar sus datos, o que no se usen. Se pide en la Unidad de Transparencia del Instituto. Lo que pida otra persona nunca dirá quién denunció.
guide-privacidad-6 = Lo que no se puede evitar
guide-privacidad-6-1 = Quien cuida la red que usa puede ver que entró a este sitio.
guide-privacidad-6-2 = Quien usa su equipo puede ver lo que visitó.
guide-privacidad-6-3 = Lo que cuenta puede decir quién es. Elija bien los detalles.
guide-privacidad-sources = Ley General de Protección de Datos Personales en Posesión de Sujetos Obligados (DOF 20-03-2025), arts. 20 a 22.

guide-privacidad-integral = Aviso de privacidad integral
guide-privacidad-integral-short = El aviso completo, con sus bases legales.
guide-privacidad-integral-lead = Este es el aviso completo. El aviso simplificado dice lo mismo en menos palabras.
guide-privacidad-integral-1 = Quién es responsable
guide-privacidad-integral-1-text = El Instituto Mexicano del Seguro Social, por su Comité de Ética. El domicilio del Instituto y el de su Unidad de Transparencia se pondrán aquí cuando se hayan comprobado, con la fecha. Este sitio no muestra datos de contacto sin comprobar.
guide-privacidad-integral-2 = Qué datos se tratan
guide-privacidad-integral-2-1 = Sobre usted, sólo si quiere: nombre, un medio de contacto, sexo, grupo de edad, su vínculo con el Instituto y cómo supo de los hechos.
guide-privacidad-integral-2-2 = Sobre otras personas: lo que usted cuente de quien denuncia y de quienes vieron algo.
guide-privacidad-integral-2-3 = Datos sensibles: el relato puede tratar de la salud, la vida sexual, el origen, la fe o las ideas de alguien. Se cuidan con el nivel más alto.
guide-privacidad-integral-2-4 = De los archivos: lo que contienen y, si usted elige el original, sus datos ocultos.
guide-privacidad-integral-3 = Para qué, y con qué base en la ley
guide-privacidad-integral-3-1 = Recibir, revisar y atender la denuncia: Código de Ética de la APF, art. 24; Lineamientos de los comités.
guide-privacidad-integral-3-2 = Cuidar a la presunta víctima: Protocolo de hostigamiento y acoso sexual, numerales 41 a 44.
guide-privacidad-integral-3-3 = Dar vista a la autoridad: Ley General de Responsabilidades Administrativas, art. 91.
guide-privacidad-integral-3-4 = Hacer el informe de cada año y las cuentas, sin datos de nadie.
guide-privacidad-integral-3-5 = No hay otros usos. No se pide permiso porque la ley lo manda: artículo 16, fracciones I y IV.
guide-privacidad-integral-4 = A quién se pueden pasar
guide-privacidad-integral-4-1 = Al Órgano Interno de Control: si hay datos de una falta, con su opinión por delante.
guide-privacidad-integral-4-2 = A la Secretaría Anticorrupción y Buen Gobierno: el registro que manda la norma, sin su nombre.
guide-privacidad-integral-4-3 = A un juez o al Ministerio Público: si la ley lo manda.
guide-privacidad-integral-5 = Cómo ejercer sus derechos
guide-privacidad-integral-5-1 = Puede pedir acceso, rectificación, cancelación u oposición. Son los derechos ARCO.
guide-privacidad-integral-5-2 = Pídalo en la Unidad de Transparencia o en la Plataforma Nacional de Transparencia. Responden en 20 días hábiles; pueden pedir 10 más.
guide-privacidad-integral-5-3 = Si denunció sin nombre, pídalo por el buzón de sus 12 palabras. Así no tiene que decir quién es.
guide-privacidad-integral-5-4 = La persona denunciada también tiene estos derechos. Su respuesta nunca dice quién denunció.
guide-privacidad-integral-6 = Cómo se cuidan
guide-privacidad-integral-6-1 = Cada denuncia se sella con una clave que sólo tiene el Comité.
guide-privacidad-integral-6-2 = Si señaló a alguien del Comité y el sitio le reconoce, esa persona no puede abrirla ni sabe que existe. Si no le reconoce, decide el Comité al leerla.
guide-privacidad-integral-6-3 = Si hay una falla que le afecte, el Comité debe avisarle por el buzón.
guide-privacidad-integral-7 = Cuánto tiempo se guardan
guide-privacidad-integral-7-text = Mientras se atiende la denuncia y el tiempo que fije el catálogo de archivo. La ley pide que después se bloqueen y se borren. Este sitio todavía no los borra por sí solo. Lo que se sube y no se envía, sí: en unos días.
guide-privacidad-integral-8 = Si este aviso cambia
guide-privacidad-integral-8-text = El cambio se avisa en esta página, con su número de versión y su fecha.
guide-privacidad-integral-sources = Ley General de Protección de Datos Personales en Posesión de Sujetos Obligados (DOF 20-03-2025), arts. 3, 7, 16 a 22, 24 a 36, 45 y 68 a 71; Ley General de Archivos, arts. 13 y 58.
privacy-full-link = Leer el aviso integral
privacy-short-link = Leer el aviso simplificado

## Orientación por preguntas

orientation-peligro = ¿Alguien está en peligro ahora?
orientation-peligro-si = Sí
orientation-peligro-no = No
orientation-asunto = ¿De qué se trata?
orientation-asunto-acoso_sexual = Acoso sexual, en persona o por mensajes
orientation-asunto-discriminacion = Me tratan peor por lo que soy o creo
orientation-asunto-agresiones = Golpes, gritos o amenazas
orientation-asunto-maltrato = Maltrato en el trabajo o abuso de mando
orientation-asunto-corrupcion = Dinero, favores, robo o contratos
orientation-asunto-derechos_humanos = Una autoridad no respetó mis derechos
orientation-asunto-servicio = Sólo mala atención en una consulta o trámite
orientation-asunto-laboral = Sólo un asunto de mi plaza, pago o sanción
orientation-asunto-conflicto_interes = No sé si yo tengo un conflicto de interés
orientation-asunto-datos_personales = Usaron mal mis datos personales
orientation-asunto-otro = Otra cosa, o no sé
orientation-persona = ¿Quién lo hizo?
orientation-persona-imss = Alguien que trabaja en el IMSS
orientation-persona-otra_institucion = Alguien de otra institución pública
orientation-persona-particular = Alguien que no trabaja en el gobierno
orientation-persona-no_se = No sé
orientation-trabaja = ¿Usted trabaja en el IMSS?
orientation-trabaja-si = Sí
orientation-trabaja-no = No
orientation-choose = Elija una respuesta.
orientation-missing = Falta contestar:
orientation-not-kept = Sus respuestas no se guardan. Sólo sirven para esta página.
orientation-ask = Ver quién puede ayudar
orientation-again = Contestar otra vez
orientation-all = Ver todas las instancias
orientation-result = Quién puede ayudar
orientation-committee = Este Comité de Ética
orientation-committee-text = Puede denunciar aquí, con su nombre o sin él.
orientation-why-danger = Primero, su seguridad.
orientation-why-competent = Le toca a este Comité.
orientation-why-company = Le escucha y le acompaña, vaya a donde vaya.
orientation-why-women = Atiende día y noche.
orientation-why-investigates = Investiga y puede sancionar. Usted elige si acude.
orientation-why-sanctions = Investiga y puede sancionar.
orientation-why-serious = Para casos graves.
orientation-why-discrimination = Se ocupa de la discriminación en todo el país.
orientation-why-rights = Se ocupa de los derechos humanos.
orientation-why-service = Se ocupa de la calidad de la atención.
orientation-why-labour = Se ocupa de los asuntos de trabajo.
orientation-why-doubt = Resuelve dudas antes de que haya una falta.
orientation-why-data = Se ocupa de los datos personales.
orientation-why-elsewhere = Le toca a la institución donde trabaja esa persona.
orientation-why-crime = Si puede ser un delito.
orientation-why-private = Si puede ser un delito de alguien que no trabaja en el gobierno.
orientation-why-listening = Escucha a quienes trabajan en el Instituto.
orientation-why-open = Siempre puede contarlo también aquí.
