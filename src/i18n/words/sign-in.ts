import { words } from "../words.ts";

/** Single sign-on and the second factor. */
export const signIn = words({
  "signIn.with": ["用 {name} 登录", "Sign in with {name}"],
  "signIn.or": ["或者", "or"],
  "signIn.withNewTab": [
    "用 {name} 登录（新标签页），然后返回上一页重新提交。",
    "Sign in with {name} in a new tab, then go back one page and send it again.",
  ],
  "signIn.denied": ["您在 {name} 取消了登录。", "You did not go on at {name}."],
  "signIn.down": [
    "{name} 现在没有回应。请用密码登录，或稍后再试。",
    "{name} does not answer at present. Sign in with your password, or try again later.",
  ],
  "signIn.unproven": [
    "{name} 的答复无法核实，没有登录。请重新登录一次。",
    "What {name} answered could not be verified, so nobody was signed in. Please start again.",
  ],
  "signIn.lost": [
    "这次登录不是从这个浏览器开始的，或者已经过期。请重新登录一次。",
    "This sign-in was not started in this browser, or it took too long. Please start again.",
  ],
  "signIn.unknown": [
    "这个 {name} 账号没有关联可以登录的人。如果您有密码，请先用密码登录，再到“我的设置”里关联；否则请联系管理员。",
    "Nobody who may sign in is linked to this {name} account. If you have a password, sign in with it and link the account in your settings; otherwise ask an administrator.",
  ],
  "signIn.identity": ["用 {name} 登录", "Signing in with {name}"],
  "signIn.notLinked": [
    "关联之后，您可以不输入密码，直接用 {name} 登录。",
    "Once they are linked, you can sign in with {name} in place of your password.",
  ],
  "signIn.link": ["关联 {name} 账号", "Link my {name} account"],
  "signIn.linkTitle": ["关联 {name} 账号", "Link your {name} account"],
  "signIn.linkWhat": [
    "密码正确。现在请到 {name} 登录您自己的账号；回来之后就关联好了。",
    "Your password is right. Now sign in at {name} with your own account there; when you come back, the two are linked.",
  ],
  "signIn.goTo": ["前往 {name}", "Go on to {name}"],
  "signIn.linked": ["已关联。", "The account is linked."],
  "signIn.linkedElsewhere": [
    "没有关联：这个账号已经关联了别人，或者您已关联了另一个账号。",
    "Not linked: that account is linked to somebody already, or you have linked another one.",
  ],
  "signIn.linkedAs": ["已关联：{name}", "Linked to {name}"],
  "signIn.unlink": ["取消关联", "Unlink"],
  "signIn.unlinked": ["已取消关联。", "The account is no longer linked."],
  "signIn.unlinkWhat": [
    "之后只能用密码登录；由 {name} 带来的部门也会取消。",
    "Afterwards only your password works, and departments that {name} vouched for end.",
  ],
  "signIn.onlyWay": [
    "您在这里没有密码，这是您唯一的登录方式。",
    "You have no password here: this is your only way to sign in.",
  ],
  "signIn.secondFactor": ["两步验证", "Second factor"],
  "signIn.secondFactorOff": [
    "登录时除了密码，再输入手机验证器应用里的 6 位验证码。",
    "When you sign in, a code from an app on your phone is asked for beside the password.",
  ],
  "signIn.secondFactorOn": ["已开启", "On"],
  "signIn.secondFactorAdd": ["开启两步验证", "Add a second factor"],
  "signIn.secondFactorRemove": ["关闭两步验证", "Switch it off"],
  "signIn.secondFactorRemoved": ["两步验证已关闭。", "The second factor was switched off."],
  "signIn.secondFactorNeeded": [
    "公司要求您使用两步验证，不能关闭。",
    "Your company asks you for a second factor. It cannot be switched off.",
  ],
  "signIn.secondFactorFirst": [
    "公司要求您使用两步验证。请先设置，再继续。",
    "Your company asks you for a second factor. Set it up now, then go on.",
  ],
  "signIn.scan": [
    "用手机上的验证器应用扫描这张图，或者手工输入下面的密钥。",
    "Scan this picture with an authenticator app on your phone, or type the secret below into it.",
  ],
  "signIn.picture": ["含有密钥的二维码", "QR code that holds the secret"],
  "signIn.secret": ["密钥", "Secret"],
  "signIn.thenCode": ["然后输入应用显示的 6 位验证码。", "Then type the six digits that the app shows."],
  "signIn.code": ["验证码", "Code"],
  "signIn.codeHint": [
    "应用显示的 6 位数字，或者一个恢复码。",
    "The six digits that your app shows, or one of your recovery codes.",
  ],
  "signIn.codeTitle": ["输入验证码", "Enter your code"],
  "signIn.codeWrong": ["验证码不正确，或者已经用过。", "This code is not right, or it was used already."],
  "signIn.halfOver": ["超过 5 分钟了，请重新登录。", "It took more than five minutes. Please sign in again."],
  "signIn.confirm": ["确认", "Confirm"],
  "signIn.recoveryCodes": ["恢复码", "Your recovery codes"],
  "signIn.recoveryCodesOnce": [
    "手机不在身边时，可以用恢复码代替验证码登录。每个只能用一次，只显示这一次，请抄下来或打印出来妥善保存。",
    "When your phone is not at hand, a recovery code takes the place of the code. Each works once. They are shown only now: write them down or print them, and keep them safe.",
  ],
  "signIn.recoveryCodesLeft": [
    "还剩 {count, number} 个恢复码",
    "{count, plural, one {# recovery code} other {# recovery codes}} left",
  ],
  "signIn.recoveryCodesNew": ["换一组恢复码", "New recovery codes"],
  "signIn.saved": ["已保存好，继续", "I have kept them: go on"],
  "signIn.noPassword": ["您用 {name} 登录，在这里没有密码。", "You sign in with {name} and have no password here."],
  "signIn.mapping": ["单点登录", "Single sign-on"],
  "signIn.mappingWhat": [
    "声明“{claim}”里的每个值对应哪个部门。每次登录时更新：多了的加入，少了的退出。手工加入的成员和部门主管不受影响。",
    "Which department each value of the claim “{claim}” stands for. Renewed at every sign-in: people join what it holds and leave what it no longer holds. Who was put into a department by hand, or manages it, stays.",
  ],
  "signIn.mappingNoClaim": [
    "还没有设置 OIDC_DEPARTMENTS_CLAIM：部门不会从登录中更新。",
    "OIDC_DEPARTMENTS_CLAIM is not set: departments are not taken from the sign-in.",
  ],
  "signIn.mappingNone": ["还没有对应关系。", "No value stands for a department yet."],
  "signIn.mappingNoneHint": [
    "在下面填写声明中的一个值，并选择部门。",
    "Below, write a value of the claim and choose its department.",
  ],
  "signIn.value": ["声明中的值", "Value of the claim"],
  "signIn.mapped": ["对应关系已保存。", "The mapping was saved."],
  "signIn.unmapped": [
    "已删除；相关成员下次登录时退出该部门。",
    "Removed; its members leave the department when they sign in next.",
  ],
  "signIn.unmapNamed": ["移除“{value}”", "Remove {value}"],
  "signIn.mappedAlready": ["这个值已经对应这个部门。", "This value stands for that department already."],
  "signIn.off": ["没有设置单点登录。", "Single sign-on is not set up."],
  "signIn.offHint": [
    "设置环境变量 OIDC_ISSUER、OIDC_CLIENT_ID、OIDC_CLIENT_SECRET 和 BASE_URL，然后重新启动。",
    "Set the variables OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET and BASE_URL, then start again.",
  ],
  "signIn.issuer": ["提供方", "Provider"],
  "signIn.callback": ["回调地址", "Address to come back to"],
  "signIn.newcomers": ["没有关联的人", "People who are not linked"],
  "signIn.create.none": ["拒绝登录", "Are refused"],
  "signIn.create.person": ["自动创建账号", "Get an account of their own"],
  "signIn.resetFactor": ["重置两步验证", "Reset the second factor"],
  "signIn.resetFactorWhat": [
    "手机和恢复码都丢了时使用：之后只凭密码登录，所有设备退出。",
    "For who has lost both phone and recovery codes: afterwards the password alone opens the door, and all devices are signed out.",
  ],
  "signIn.takeIdentity": ["取消单点登录关联", "Unlink single sign-on"],
  "signIn.takeIdentityWhat": [
    "那边的账号不能再以这个人登录；由它带来的部门取消，所有设备退出。",
    "That account opens this one no more; departments it vouched for end, and all devices are signed out.",
  ],
  "signIn.identityTaken": ["{name}的单点登录关联已取消。", "The single sign-on of {name} was unlinked."],
  "signIn.factorReset": ["{name} 的两步验证已重置。", "The second factor of {name} was reset."],
});
