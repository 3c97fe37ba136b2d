#include "handlers/pages/texts.hpp"

#include <array>

namespace invited::handlers {
namespace {

constexpr std::array<std::string_view, 7> weekdays = {"domingo", "lunes",   "martes", "miércoles",
                                                      "jueves",  "viernes", "sábado"};
constexpr std::array<std::string_view, 12> months = {"enero",      "febrero", "marzo",     "abril",
                                                     "mayo",       "junio",   "julio",     "agosto",
                                                     "septiembre", "octubre", "noviembre", "diciembre"};

/// lunes, 7 de diciembre de 2026, a las 17:05 h (CET). The h shows that hours go to 24, because many readers
/// are used to 12.
void append_moment(std::string& out, const local_time& at) {
  ((out += weekdays[at.weekday.c_encoding()]) += ", ") += std::to_string(unsigned{at.date.day()});
  ((out += " de ") += months[unsigned{at.date.month()} - 1]) += " de ";
  (out += std::to_string(int{at.date.year()})) += at.hour == 1 ? ", a la " : ", a las ";
  (out += std::to_string(at.hour)) += at.minute < 10 ? ":0" : ":";
  ((out += std::to_string(at.minute)) += " h (") += at.zone;
  out += ')';
}

} // namespace

const page_texts spanish{
    .tag = "es",
    .name = "Español",
    .append_moment = append_moment,
    .date_letters = "DMA",
    .title = "Su invitación",
    .description = "Abra este enlace en su navegador para continuar.",
    .invite =
        {.heading = "Su invitación",
         .invites = "{{clinic}} le invita a realizar una evaluación en línea.",
         .invites_by = "Su clínica le invita a realizar una evaluación en línea.",
         .open_until = "Puede comenzar hasta el",
         .next = "Próximos pasos",
         .press = "Pulse «Comenzar». La evaluación se abrirá aquí, en su navegador.",
         .answer_and_press =
             "Responda a la pregunta y pulse «Comenzar». La evaluación se abrirá aquí, en su navegador.",
         .once = "El enlace abre la evaluación una sola vez. Leer esta página no cuenta como uso; tampoco la "
                 "vista previa ni la revisión de seguridad de su mensaje.",
         .interrupted = "Si tiene que interrumpir la evaluación, vuelva a abrir el enlace pronto en este "
                        "mismo dispositivo y podrá continuar.",
         .not_for_you = "¿No es para usted? Entonces cierre esta página sin comenzar, por favor.",
         .start = "Comenzar"},
    .again = {"Puede continuar", "Usted ya comenzó en este dispositivo. Ahora puede continuar."},
    .go_on = "Continuar",
    .question = {.birth_date = "Su fecha de nacimiento",
                 .birth_date_hint = "Escríbala con el formato {pattern}, por ejemplo {example}. También "
                                    "puede escribir solo las cifras.",
                 .code = "Su código",
                 .code_hint =
                     "Se lo dio su clínica. Da igual si lo escribe con espacios, guiones o mayúsculas.",
                 .why = "Su clínica lo pregunta para que solo usted pueda abrir el enlace."},
    .trouble = {.missing = "Por favor, rellene este campo.",
                .no_date = "Esto no es una fecha. Por favor, escríbala con el formato {pattern}.",
                .ambiguous =
                    "Esta fecha puede leerse de dos maneras. Por favor, escriba primero el año: {pattern}.",
                .to_come = "Ese día todavía no ha llegado. Por favor, compruebe el año.",
                .no_code = "Un código tiene de 4 a 64 caracteres, sin contar espacios ni guiones.",
                .wrong = "La respuesta no coincide con los datos de su clínica.",
                .attempts = "Le quedan {n} intentos.",
                .one_attempt = "Le queda {n} intento."},
    .ends = {.used = {"Este enlace ya se ha utilizado",
                      "Solo se puede abrir una vez, y ya se abrió. Si comenzó en otro dispositivo, continúe "
                      "allí. Si no fue usted o si no pudo terminar, pida un enlace nuevo."},
             .revoked =
                 {"Este enlace ha sido anulado",
                  "Su clínica lo ha anulado. Si no lo esperaba, llame a su clínica o pida un enlace nuevo."},
             .replaced =
                 {"Hay un enlace más reciente",
                  "Su clínica le ha enviado un enlace nuevo en lugar de este. Por favor, utilice el nuevo."},
             .expired = {"Este enlace ha caducado", "Solo funcionaba durante un tiempo limitado, que ya ha "
                                                    "terminado. Puede pedir un enlace nuevo."},
             .lost = {"Este enlace ya no se puede abrir",
                      "Es un fallo nuestro, no suyo. Por favor, pida un enlace nuevo."},
             .locked = {"Este enlace está bloqueado",
                        "Hubo demasiadas respuestas incorrectas y ya nadie puede abrirlo. Pida un enlace "
                        "nuevo y pregunte a su clínica si tienen registrada la respuesta correcta."}},
    .ask = "Pedir un enlace nuevo",
    .ask_note = "Su clínica verá que usted desea uno nuevo.",
    .asked = {"Su solicitud se ha enviado",
              "Si este enlace viene de su clínica, allí ya pueden ver que usted desea uno nuevo. Se lo "
              "enviarán por el mismo medio que este. Puede cerrar esta página."},
    .problem =
        {.unknown = {"No conocemos este enlace",
                     "Quizá le falte una parte. Por favor, ábralo de nuevo desde el mensaje que "
                     "recibió o pida a su clínica un enlace nuevo."},
         .nowhere = {"No hay nada en esta dirección",
                     "Compruebe que esté bien escrita o abra de nuevo el enlace desde el mensaje que "
                     "recibió."},
         .closed = {"Primero inicie sesión, por favor",
                    "Esta página es para el personal de la clínica. Si usted es paciente, abra de nuevo "
                    "el enlace desde el mensaje que recibió."},
         .busy = {"Espere un momento, por favor",
                  "Ha habido demasiadas solicitudes desde su red. Su enlace no se ha visto afectado. "
                  "Por favor, inténtelo de nuevo en unos instantes."},
         .away = {"Inténtelo de nuevo en un momento, por favor",
                  "El servicio no está disponible en este momento. No se ha perdido nada: su enlace "
                  "sigue como estaba. Si el problema continúa, llame a su clínica."},
         .failed = {"No ha sido posible", "Por favor, abra de nuevo el enlace desde el mensaje que "
                                          "recibió. Si el problema continúa, llame a su clínica."},
         .try_again = "Intentar de nuevo",
         .reference = "Referencia: {id}"},
    .contact = {.heading = "¿Tiene preguntas?",
                .call = "{{clinic}} le atiende en este teléfono:",
                .call_by = "Su clínica le atiende en este teléfono:",
                .turn_to = "{{clinic}} le ayudará con gusto."},
    .languages = "Otros idiomas",
    .assessment = {.accepted = {"Su evaluación", "Su invitación ha sido aceptada. Su sesión está abierta en "
                                                 "este dispositivo, y nadie más puede abrir el enlace."},
                   .no_script = "Esta página necesita JavaScript para mostrar su sesión. De todos modos, su "
                                "invitación ha sido aceptada.",
                   .ended = "Aquí no hay ninguna sesión abierta. Para continuar, vuelva a abrir el enlace de "
                            "su invitación en el dispositivo en el que comenzó.",
                   .away = "En este momento no se puede mostrar su sesión. No se ha perdido nada: por favor, "
                           "inténtelo de nuevo.",
                   .session = "Su sesión",
                   .patient = "Nombre",
                   .email = "Correo electrónico",
                   .phone = "Teléfono",
                   .until = "Abierta hasta",
                   .reference = "Referencia",
                   .plug = {"Para quien administra este servidor",
                            "Esta página ocupa el lugar de la evaluación real. Indique al servidor la "
                            "dirección de esa evaluación y los pacientes irán allí:"},
                   .plug_token =
                       "La evaluación recibe el token de la sesión en el fragmento de su dirección, que "
                       "ningún servidor ni registro ve. Debe quitarlo enseguida de la barra de direcciones:",
                   .plug_session = "Con el token puede saber quién ha llegado. Puede preguntarlo su "
                                   "servidor, o la propia página si {{option}} incluye su origen:"},
};

} // namespace invited::handlers
