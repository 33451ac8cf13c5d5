/**
 * What messages call a one-time code, in the languages Verify and its peers send them in. Short words of Latin script stand alone;
 * stems match their endings (`código`, `códigos`, `подтверждения`).
 * https://www.twilio.com/docs/verify/supported-languages
 */
const stems = [
  'code|cód|còdi|codi[cg]|koodi|kodu|koden|kode|kodi|kodas|kods|passwor|passwort|contraseñ|wachtwoord|lösenord|adgangskod|verif|vérif',
  'authenti|autenti|otorisasi|verifi[ck]|potvrd|ověřov|overovac|verificare|clave|senha|mot de passe|passcode|doğrulama|xác (?:minh|thực|nhận)',
  'код|парол|підтвердж|подтвержд|κωδικ|κωδ|კოდ|կոդ|קוד|סיסמ|رمز|الرمز|كود|کد|کوڈ|پاس',
  'कोड|ओटीपी|पिन|কোড|ওটিপি|குறியீ|ஓடிபி|కోడ్|ఓటిపి|ಕೋಡ್|കോഡ്|ਕੋਡ|કોડ|කේත|รหัส|ລະຫັດ|កូដ|ကုဒ်',
  '验证码|驗證碼|校验码|動態碼|动态码|动态密码|確認碼|密码|密碼|暗証|認証|コード|パスワード|ワンタイム|인증|코드|비밀번호|확인번호',
].join('|');
const alone = 'otp|totp|pin|mpin|upin|tan|mtan|tac|cod|cód|kod|kód|kood|mã|token|parol[ae]?|2fa|mfa|cvv|key|pass';

/** Source of a pattern for the flags `iu`. */
export const codeWord = `(?:${stems}|(?<![\\p{L}])(?:${alone})(?![\\p{L}]))`;

/** What messages call signing in, where a link may be the key to an account. Source of a pattern for the flags `iu`. */
export const signInWord =
  'log[ -]?(?:in|on)|sign[ -]?in|magic|anmeld|einlogg|connexion|connecte[rz]|inici(?:ar|a|e) sesi|acced[aei]|entrar|inlogg|logga|zaloguj|giriş|войти|вход|confirm|reset|登录|登錄|ログイン|로그인';
