import type { ReactNode } from "react";
import { formatsOf } from "../formats.ts";

const { duration, shortly } = formatsOf("en");

/** Makes an element of a part of a sentence, such as a link. */
export type Wrap = (text: string) => ReactNode;

/** The texts of the pages. Values that are nodes are names, addresses or links. */
export const pages = {
  description: (service: string) => `Create your account at ${service}.`,
  language: "Language",
  footer: { terms: "Terms", privacy: "Privacy", support: "Help" },

  loadAgain: "Load the page again",
  /** The page could be loaded only in part. */
  incomplete:
    "A part of this page could not be loaded. If you have signed up, that stands, and your mail comes all the same: its link works in any browser.",
  unreachable:
    "We couldn't reach the server, or its answer got lost. Please try again; sending it twice is safe.",
  outdated: "This page is older than our server. Nothing was done; please load the page again.",
  /** A refusal, and when to try again. */
  tryAgainIn: (refusal: string, seconds: number) =>
    `${refusal} Please wait ${duration(seconds)}, then try again.`,

  signUp: {
    tab: "Sign up",
    title: "Create your account",
    noScript:
      "This form needs JavaScript, which is switched off in your browser. Please switch it on to sign up.",
    username: "Username",
    usernameHint: "3 to 100 characters: a–z, 0–9, _. Everyone can see it.",
    usernameFree: "This username is free.",
    usernameTaken: "This username is taken.",
    fullName: "Your name",
    fullNameOptional: "Your name (optional)",
    email: "E-mail address",
    emailHint: "We mail you to confirm it.",
    emailInvited: "Your invitation went to this address, so you need not confirm it.",
    didYouMean: (address: ReactNode) => <>Did you mean {address}?</>,
    password: "Password",
    passwordHint: "At least 8 characters. A few unrelated words make a good one.",
    show: "Show",
    hide: "Hide",
    showPassword: "Show password",
    hidePassword: "Hide password",
    capsLock: "Caps Lock is on",
    acceptTerms: (terms: Wrap) => <>I accept the {terms("terms of use")}.</>,
    acceptTermsAndPrivacy: (terms: Wrap, privacy: Wrap) => (
      <>
        I accept the {terms("terms of use")} and have read the {privacy("privacy policy")}.
      </>
    ),
    submit: "Sign up",
    submitting: "Signing up …",
    nothingSent: "We couldn't reach the server. Nothing was sent yet; please try again.",
    outdated:
      "This page is older than our server. Nothing was sent yet; please load the page again.",
    already: "Signed up already?",
    signIn: "Sign in",
    seeMail: "See where your mail is",
    /** The sign-up succeeded, but the next page could not be loaded. */
    stranded: "The page that shows where the mail is could not be loaded.",
    strandedAgain: "Try it again",
    goTo: "Go to the sign-up page",
  },

  /** SIGNUPS=closed. */
  closed: {
    title: "Sign-ups are closed",
    text: "Nobody can sign up here at the moment. If you have signed up already, the link in your mail works all the same.",
  },
  /** SIGNUPS=invited, and a page without an invitation. */
  invitationOnly: {
    title: "By invitation only",
    text: "You need an invitation to sign up here. If you have one, open the link in its mail.",
  },

  checkInbox: {
    title: "Check your inbox",
    noScript:
      "This page needs JavaScript to show where your mail is. The link in the mail works all the same, but needs JavaScript too.",
    offline: "The connection is lost. What you see may be old; trying to reach the server again …",
    signedUpAs: (username: ReactNode, email: ReactNode) => (
      <>
        You signed up as {username}. The mail goes to {email}.
      </>
    ),
    /** If there are no usernames. */
    signedUp: (email: ReactNode) => <>You have signed up. The mail goes to {email}.</>,
    openLinkOrCode:
      "When the mail is there, open its link: in this browser one click is enough. Or type its code here:",
    openLink: "Open the link in the mail to confirm your address.",
    earlier:
      "An earlier attempt of yours had already gone through, with the details below. What you changed afterwards was not saved.",
    code: "Code from the mail",
    codeHint: "8 digits. Handy when you read the mail on another device.",
    confirm: "Confirm",
    confirming: "Confirming …",
    noMail: "No mail?",
    noMailHint:
      "It can take a minute or two. Look into the spam folder as well, and whether the address above is right. If it already has an account, the mail says so instead.",
    correct: "Correct the address",
    correctLabel: "The right address",
    correctHint: "The link in the mail to the old address stops working.",
    correctSubmit: "Change it and mail me there",
    correcting: "Changing …",
    keep: "Keep it as it is",
    corrected: (email: string) => `The address is changed: your mail goes to ${email} now.`,
    sameAddress: "This is the address that we have.",
    sendAgain: "Send a new mail",
    sendAgainIn: (seconds: number) => `Send a new mail in ${shortly(seconds)}`,
    sendingAgain: "Asking for a new mail …",
    sentAgain: "A new mail is on its way.",

    refusedTitle: "We could not mail you",
    refused:
      "The mail server does not take mails to this address, or took none for over an hour. Please look whether the address is right.",
    whatYouCanDo: "What you can do",
    refusedAddressAgain: "The mail server does not take mails to this one either.",
    refusedMailAgain: "The mail server did not take the new mail either.",

    /** Signed up, but the browser kept no cookie. */
    unknown:
      "You have signed up, and the mail is on its way. Open its link and enter the password that you chose: that is all it takes, in any browser.",
    unknownHint:
      "Your browser kept no cookie from us, so this page cannot show where the mail is, nor take the code from it. If no mail comes, look into the spam folder as well.",
    goneTitle: "No sign-up here",
    noCookie:
      "We can't find a sign-up from this browser; it may have kept no cookie from us. If you signed up, your mail comes anyway: open its link in any browser, and enter your password.",
    gone: "This sign-up no longer exists: it was deleted, or not confirmed in time.",
  },

  /** The steps from the form to the account. */
  steps: {
    signedUp: "Signed up",
    queued: "Mail queued",
    unavailable: "The mail server is unavailable. Your mail will come as soon as it is back.",
    sending: "Mail is being sent",
    sendingAgain: (attempt: number, attempts: number) =>
      `Mail is being sent (attempt ${attempt} of ${attempts})`,
    retrying: "The mail server did not take the mail yet; we keep trying.",
    retryingAgain: (attempt: number, attempts: number) =>
      `The mail server did not take the mail yet; we keep trying (attempt ${attempt} of ${attempts}).`,
    nextTryIn: (seconds: number) => `Next try in ${shortly(seconds)}.`,
    tryingNow: "Trying now.",
    refused: "The mail server refused the mail",
    sent: "Mail handed over for delivery",
    unknown: "Your mail is being taken care of",
    youConfirm: "You confirm your address",
    confirmed: "Address confirmed",
  },

  verify: {
    title: "Confirm your address",
    noScript:
      "This page needs JavaScript, which is switched off in your browser. Please switch it on to confirm your address.",
    addressOfAccount: (email: ReactNode, username: ReactNode) => (
      <>
        {email}, for the account {username}.
      </>
    ),
    oneClick: "One click, and your account is ready.",
    otherBrowser:
      "You signed up in another browser, or this one has kept no cookie from us: please enter the password that you chose. Or type the code from the mail on the page where you signed up, if it asks for it.",
    password: "The password you chose",
    passwordMissing: "Enter your password.",
    submit: "Confirm my address",
    submitting: "Confirming …",
    notMe: "This was not me",
    notMeLabel: "Not you?",
    deadTitle: "This link does not work",
    incompleteLink: "The link is incomplete. Please open it from the mail again.",
    newLink: "Mail me a new link",
    newLinkPending: "Asking for a new mail …",
    newLinkSent: (email: ReactNode) => (
      <>A new mail is on its way to {email}. Open its link; you can close this page.</>
    ),
  },

  verified: {
    title: "You are verified",
    already: "Already verified",
    ready: "Your address is confirmed and your account is ready.",
    readyFor: (email: ReactNode, username: ReactNode) => (
      <>
        {email} is confirmed, and your account {username} is ready.
      </>
    ),
    /** If there are no usernames. */
    readyForAddress: (email: ReactNode) => <>{email} is confirmed, and your account is ready.</>,
    close: "You can close this page.",
    continueTo: (application: string) => `Continue to ${application}`,
    continuing: "One moment …",
    byItself: "This page continues by itself.",
    byItselfIn: (seconds: number) => `This page continues by itself in ${shortly(seconds)}.`,
    stay: "Stay here",
  },

  discard: {
    title: "This was not you?",
    text: "Somebody entered your address, perhaps by mistake. Without your confirmation there is no account. You can also delete the sign-up now; the person who made it then has to start again.",
    submit: "Delete this sign-up",
    submitting: "Deleting …",
    back: "Back",
    doneTitle: "The sign-up is deleted",
    done: "Everything about it is gone, and its link no longer works. You can close this page.",
  },

  /** An application's link to the sign-up page is wrong. */
  refusedLink: {
    title: "This link does not work",
    unknownAddress: (parameter: ReactNode) => (
      <>
        It would lead you on to an address that we do not know ({parameter}). Nothing was done.
        Please tell the owner of the site that sent you here.
      </>
    ),
    damaged: (parameter: ReactNode) => (
      <>
        A part of it is damaged ({parameter}). Nothing was done. Please tell the owner of the site
        that sent you here.
      </>
    ),
    without: "Sign up without it",
  },

  notFound: {
    title: "Page not found",
    text: (signUp: Wrap) => <>The address may be incomplete. You can {signUp("sign up here")}.</>,
  },

  failed: {
    title: "Something went wrong",
    text: "It is not your fault, and what you had sent still stands: if you have signed up, your mail comes all the same.",
  },
};

export type PageTexts = typeof pages;
