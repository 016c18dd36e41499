import type { RefusalTexts } from "../en/refusals.ts";
import { formatsOf } from "../formats.ts";

const { plural } = formatsOf("fr");

/** Why a request is refused: what happened, and what to do next. The keys are the API's reasons. */
export const refusals: RefusalTexts = {
  // Signing up
  username_reserved: "Ce nom d’utilisateur est réservé. Veuillez en choisir un autre.",
  username_taken: "Ce nom d’utilisateur est déjà pris. Veuillez en choisir un autre.",
  password_guessable:
    "Ce mot de passe est facile à deviner. Choisissez-en un plus long ou moins courant.",
  address_unsupported: ({ letter }) =>
    `Nous ne pouvons pas envoyer d’e-mail à une adresse avec « ${letter} » avant le @. Veuillez en utiliser une autre.`,
  domain_takes_no_mail: ({ domain }) =>
    `Aucun e-mail ne peut être envoyé à ${domain}. Veuillez vérifier ce que vous avez saisi après le @.`,
  return_not_allowed: "L’adresse de retour (return_to) n’est pas autorisée.",
  request_id_used:
    "Une inscription a déjà été faite depuis cette page, avec un autre mot de passe ou d’autres informations. Cherchez notre e-mail dans votre boîte de réception. Pour vous inscrire une seconde fois avec les nouvelles informations, envoyez-les à nouveau.",
  usernames_off: "Il n’y a pas de noms d’utilisateur ici.",
  signups_closed: "Les inscriptions sont fermées pour le moment.",
  invitation_required: "Une invitation est nécessaire pour s’inscrire ici.",
  invitation_unknown:
    "Cette invitation n’existe pas. Veuillez ouvrir le lien de la dernière invitation reçue.",
  invitation_used:
    "Cette invitation a déjà été utilisée. Connectez-vous avec le compte créé à cette occasion.",
  invitation_expired: "Cette invitation a expiré. Veuillez en demander une nouvelle.",
  invitation_for_another:
    "L’invitation est destinée à une autre adresse. Veuillez vous inscrire avec l’adresse à laquelle elle a été envoyée.",
  // Confirming
  signup_unknown: "Nous ne trouvons aucune inscription faite depuis ce navigateur.",
  signup_of_code_unknown:
    "Nous ne trouvons aucune inscription faite depuis ce navigateur. Saisissez le code là où vous avez fait l’inscription, ou ouvrez le lien de l’e-mail.",
  signup_gone:
    "Cette inscription n’existe plus : elle a été supprimée ou n’a pas été confirmée à temps. Vous pouvez vous inscrire à nouveau.",
  code_wrong: ({ left = 0 }) =>
    plural(left, {
      one: "Ce n’est pas le code de notre dernier e-mail. Il vous reste # tentative.",
      other: "Ce n’est pas le code de notre dernier e-mail. Il vous reste # tentatives.",
    }),
  code_of_old_address: "Ce n’est pas le code de notre dernier e-mail. L’adresse a été modifiée.",
  code_expired: "Ce code a expiré. Demandez un nouvel e-mail.",
  code_used_up: "Trop de codes erronés. Veuillez demander un nouvel e-mail.",
  link_unknown: "Nous ne reconnaissons pas ce lien. Veuillez l’ouvrir à nouveau depuis l’e-mail.",
  link_of_gone_signup:
    "Cette inscription n’existe plus : elle a été supprimée ou n’a pas été confirmée à temps. Vous pouvez vous inscrire à nouveau.",
  link_of_old_address:
    "L’adresse a été modifiée après l’envoi de cet e-mail, dont le lien ne fonctionne donc plus. Veuillez ouvrir l’e-mail envoyé à la nouvelle adresse.",
  link_expired: "Ce lien a expiré.",
  password_required:
    "Vous avez ouvert ce lien dans un autre navigateur que celui de votre inscription. Veuillez saisir le mot de passe que vous avez choisi.",
  password_wrong: "Ce n’est pas le mot de passe choisi lors de votre inscription.",
  address_verified_elsewhere:
    "Cette adresse est déjà associée à un compte confirmé. Connectez-vous plutôt avec celui-ci.",
  already_verified: "Ce compte est déjà confirmé.",
  verified_not_deletable: "Ce compte est confirmé : il ne peut plus être supprimé ici.",
  nowhere_to_continue: "Il n’y a pas encore de page vers laquelle continuer.",
  // Limits
  mailed_just_now: "Nous avons envoyé le dernier e-mail il y a moins d’une minute.",
  corrected_just_now: "L’adresse a été modifiée il y a moins d’une minute.",
  many_username_checks: "Trop de vérifications.",
  many_invalid_signups: "Trop d’inscriptions non valides depuis votre réseau.",
  many_failed_signups:
    "Trop d’échecs d’inscription depuis votre réseau au cours de la dernière minute.",
  many_signups: "Trop d’inscriptions depuis votre réseau au cours de la dernière heure.",
  many_repeats: "Cette inscription a abouti, et a été renvoyée trop souvent.",
  // Never shown to anyone.
  many_reclaims: "Trop de mots de passe ont été essayés pour ce nom d’utilisateur.",
  many_mails_to_address:
    "Nous avons envoyé plusieurs e-mails à cette adresse au cours de la dernière heure. Veuillez les chercher, y compris dans le dossier spam.",
  many_mails: "Trop d’e-mails ont été demandés depuis votre réseau au cours de la dernière heure.",
  many_mails_in_all:
    "Nous avons atteint notre limite d’e-mails pour cette heure. Rien n’a été enregistré.",
  many_resends: "Vous avez demandé trop d’e-mails au cours de la dernière heure.",
  many_passwords: "Trop d’essais de mot de passe au cours de la dernière heure.",
  many_hand_offs: "Cette page a ramené trop souvent à l’application au cours de la dernière heure.",
  many_wrong_secrets:
    "Trop de clés secrètes erronées depuis votre réseau au cours de la dernière minute.",
  // Enlist's own state
  overloaded:
    "Nous sommes très sollicités en ce moment. Veuillez réessayer dans un instant ; un double envoi est sans risque.",
  nothing_saved:
    "C’est impossible pour le moment. Rien n’a été enregistré ; veuillez réessayer dans un instant.",
  outcome_unknown:
    "Nous avons perdu la connexion à notre base de données. Veuillez réessayer ; un double envoi est sans risque.",
  // Any request
  fields_invalid: "Certains champs ne sont pas valides.",
  internal_server_error:
    "Une erreur s’est produite de notre côté. Veuillez réessayer dans un instant.",
};
